package org.mshareemu.emulator.kernel.vfs.devfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/// Output to a stream of the host.
public final class HostOutput implements ConsoleEndpoint {
    private final Kind kind;
    private final OutputStream stream;

    public HostOutput(Kind kind, OutputStream stream) {
        this.kind = kind;
        this.stream = stream;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public void write(byte[] source, int offset, int lengthBytes) throws ErrnoException {
        try {
            stream.write(source, offset, lengthBytes);
            stream.flush();
        } catch (IOException e) {
            throw errno(e).exception();
        }
    }

    /// Java tells the reason by text only.
    static Errno errno(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("broken pipe")) {
            return Errno.EPIPE;
        }
        return text.contains("no space") ? Errno.ENOSPC : Errno.EIO;
    }
}
