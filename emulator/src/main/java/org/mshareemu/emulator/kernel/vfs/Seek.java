package org.mshareemu.emulator.kernel.vfs;

import static org.mshareemu.emulator.kernel.abi.Fcntl.SEEK_CUR;
import static org.mshareemu.emulator.kernel.abi.Fcntl.SEEK_DATA;
import static org.mshareemu.emulator.kernel.abi.Fcntl.SEEK_END;
import static org.mshareemu.emulator.kernel.abi.Fcntl.SEEK_HOLE;
import static org.mshareemu.emulator.kernel.abi.Fcntl.SEEK_SET;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

/// The usual ways to move a file position. Linux: the llseek functions of fs/read_write.c
public final class Seek {
    private Seek() {}

    /// A file of known size, data all over. Linux: generic_file_llseek_size()
    ///
    /// @param maxBytes largest position
    /// @throws ErrnoException EINVAL, ENXIO (SEEK_DATA, SEEK_HOLE behind the end)
    public static long generic(
            OpenFile file, long offset, int whence, long sizeBytes, long maxBytes)
            throws ErrnoException {
        long to =
                switch (whence) {
                    case SEEK_SET -> offset;
                    case SEEK_CUR -> file.position() + offset;
                    case SEEK_END -> sizeBytes + offset;
                    case SEEK_DATA -> {
                        checkInside(offset, sizeBytes);
                        yield offset;
                    }
                    case SEEK_HOLE -> {
                        checkInside(offset, sizeBytes);
                        yield sizeBytes;
                    }
                    default -> throw Errno.EINVAL.exception();
                };
        return set(file, to, maxBytes);
    }

    /// Refuses offsets that are not in the file.
    ///
    /// @throws ErrnoException ENXIO
    public static void checkInside(long offset, long sizeBytes) throws ErrnoException {
        if (Long.compareUnsigned(offset, sizeBytes) >= 0) {
            throw Errno.ENXIO.exception();
        }
    }

    /// Linux: vfs_setpos()
    ///
    /// @throws ErrnoException EINVAL
    public static long set(OpenFile file, long to, long maxBytes) throws ErrnoException {
        if (to < 0 || to > maxBytes) {
            throw Errno.EINVAL.exception();
        }
        file.setPosition(to);
        return to;
    }

    /// Says yes and does nothing. Linux: noop_llseek()
    public static long noop(OpenFile file) {
        return file.position();
    }

    /// Says position 0 whatever is asked. Linux: null_lseek()
    public static long zero(OpenFile file) {
        file.setPosition(0);
        return 0;
    }
}
