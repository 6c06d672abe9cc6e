package org.mshareemu.emulator.kernel.vfs.devfs;

import static org.mshareemu.emulator.kernel.abi.Poll.POLLIN;
import static org.mshareemu.emulator.kernel.abi.Poll.POLLOUT;
import static org.mshareemu.emulator.kernel.abi.Poll.POLLRDNORM;
import static org.mshareemu.emulator.kernel.abi.Poll.POLLWRNORM;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Ioctls;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.devfs.ConsoleEndpoint.Kind;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// An open standard stream of the machine.
final class ConsoleOperations implements FileOperations {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int SIGPIPE = 13;

    private final ConsoleEndpoint endpoint;
    private final Termios termios = new Termios();
    private byte[] buffer = new byte[4096];

    ConsoleOperations(ConsoleEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void open(OpenFile file, CallerContext caller) {
        if (endpoint.kind() != Kind.FILE) {
            file.makeStream();
        }
    }

    private byte[] buffer(int lengthBytes) {
        if (buffer.length < lengthBytes) {
            buffer = new byte[CHUNK_BYTES];
        }
        return buffer;
    }

    @Override
    public long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        if (to.count() == 0) {
            return 0;
        }
        int length = (int) Math.min(CHUNK_BYTES, to.count());
        byte[] bytes = buffer(length);
        int count = endpoint.read(bytes, 0, length);
        if (count == ConsoleEndpoint.NOTHING_YET) {
            throw Errno.EAGAIN.exception();
        }
        if (to.copyTo(bytes, 0, count) < count) {
            throw Errno.EFAULT.exception();
        }
        return count;
    }

    @Override
    public long write(OpenFile file, IovIter from, long position, CallerContext caller)
            throws ErrnoException {
        long done = 0;
        while (from.count() > 0) {
            int length = (int) Math.min(CHUNK_BYTES, from.count());
            byte[] bytes = buffer(length);
            int copied = from.copyFrom(bytes, 0, length);
            if (copied == 0) {
                if (done == 0) {
                    throw Errno.EFAULT.exception();
                }
                break;
            }
            try {
                endpoint.write(bytes, 0, copied);
            } catch (ErrnoException e) {
                if (e.errno() == Errno.EPIPE) {
                    caller.sendSignal(SIGPIPE);
                }
                throw e;
            }
            done += copied;
            if (copied < length) {
                break;
            }
        }
        return done;
    }

    @Override
    public boolean isSeekable() {
        return endpoint.kind() == Kind.FILE;
    }

    @Override
    public long llseek(OpenFile file, long offset, int whence) throws ErrnoException {
        return endpoint.seek(offset, whence);
    }

    @Override
    public int poll(OpenFile file) {
        int mask = 0;
        if (file.isOpenForReading() && endpoint.isReadable()) {
            mask |= POLLIN | POLLRDNORM;
        }
        if (file.isOpenForWriting()) {
            mask |= POLLOUT | POLLWRNORM;
        }
        return mask;
    }

    @Override
    public boolean isPollable() {
        return endpoint.kind() == Kind.PIPE || endpoint.kind() == Kind.TERMINAL;
    }

    @Override
    public @Nullable WaitQueue waitQueue(OpenFile file) {
        return endpoint.readQueue();
    }

    @Override
    public long ioctl(OpenFile file, int command, long argument, CallerContext caller)
            throws ErrnoException {
        if (command == Ioctls.FIONREAD && endpoint.kind() != Kind.NULL_DEVICE) {
            caller.memory().writeInt(argument, endpoint.availableBytes());
            return 0;
        }
        if (endpoint.kind() != Kind.TERMINAL) {
            throw Errno.ENOTTY.exception();
        }
        switch (command) {
            case Ioctls.TCGETS -> termios.copyTo(caller.memory(), argument);
            case Ioctls.TCSETS, Ioctls.TCSETSW, Ioctls.TCSETSF ->
                    termios.copyFrom(caller.memory(), argument);
            case Ioctls.TIOCGWINSZ -> {
                caller.memory().writeShort(argument, (short) (endpoint.windowSize() >>> 16));
                caller.memory().writeShort(argument + 2, (short) endpoint.windowSize());
                caller.memory().writeInt(argument + 4, 0);
            }
            case Ioctls.TIOCSWINSZ, Ioctls.TIOCSPGRP, Ioctls.TIOCSCTTY, Ioctls.TIOCNOTTY -> {}
            case Ioctls.TIOCGPGRP, Ioctls.TIOCGSID ->
                    caller.memory().writeInt(argument, caller.task().tgid());
            case Ioctls.TIOCOUTQ -> caller.memory().writeInt(argument, 0);
            default -> throw Errno.ENOTTY.exception();
        }
        return 0;
    }

    @Override
    public void fsync(OpenFile file, Sync sync) throws ErrnoException {
        if (endpoint.kind() != Kind.FILE) {
            throw Errno.EINVAL.exception();
        }
    }
}
