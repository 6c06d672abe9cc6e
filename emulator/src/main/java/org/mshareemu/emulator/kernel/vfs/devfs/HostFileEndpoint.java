package org.mshareemu.emulator.kernel.vfs.devfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A standard stream that the host redirected from or to a regular file: reading never waits, and
/// the position can be moved.
public final class HostFileEndpoint implements ConsoleEndpoint {
    private final FileChannel channel;

    public HostFileEndpoint(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public Kind kind() {
        return Kind.FILE;
    }

    @Override
    public int read(byte[] destination, int offset, int lengthBytes) throws ErrnoException {
        try {
            int count = channel.read(ByteBuffer.wrap(destination, offset, lengthBytes));
            return Math.max(count, 0);
        } catch (IOException _) {
            throw Errno.EIO.exception();
        }
    }

    @Override
    public void write(byte[] source, int offset, int lengthBytes) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, lengthBytes);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw HostOutput.errno(e).exception();
        }
    }

    @Override
    public int availableBytes() {
        try {
            return (int) Math.min(Integer.MAX_VALUE, channel.size() - channel.position());
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public long seek(long offset, int whence) throws ErrnoException {
        try {
            long to =
                    switch (whence) {
                        case Fcntl.SEEK_SET -> offset;
                        case Fcntl.SEEK_CUR -> channel.position() + offset;
                        case Fcntl.SEEK_END -> channel.size() + offset;
                        default -> -1;
                    };
            if (to < 0) {
                throw Errno.EINVAL.exception();
            }
            channel.position(to);
            return to;
        } catch (IOException _) {
            throw Errno.EIO.exception();
        }
    }

    @Override
    public long sizeBytes() {
        try {
            return channel.size();
        } catch (IOException _) {
            return 0;
        }
    }
}
