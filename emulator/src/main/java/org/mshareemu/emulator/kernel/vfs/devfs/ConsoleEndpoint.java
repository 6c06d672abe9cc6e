package org.mshareemu.emulator.kernel.vfs.devfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// One end of the machine's standard streams, seen from the kernel. No method blocks for long:
/// input that is not there yet is reported as such.
public interface ConsoleEndpoint {
    /// What a guest is to find when it looks with fstat(2) or isatty(3).
    enum Kind {
        TERMINAL,
        PIPE,
        FILE,
        NULL_DEVICE
    }

    /// Result of [#read]: nothing yet; [#readQueue] is woken when that may have changed.
    int NOTHING_YET = -1;

    Kind kind();

    /// Reads what is there.
    ///
    /// @return bytes read, 0 at the end of the input, or [#NOTHING_YET]
    /// @throws ErrnoException EIO
    default int read(byte[] destination, int offset, int lengthBytes) throws ErrnoException {
        return 0;
    }

    /// Writes all of it.
    ///
    /// @throws ErrnoException EPIPE, ENOSPC, EIO
    default void write(byte[] source, int offset, int lengthBytes) throws ErrnoException {
        throw Errno.EIO.exception();
    }

    /// Whether a read would return at once; asking may start reading ahead.
    default boolean isReadable() {
        return true;
    }

    /// Bytes that can be read at once.
    default int availableBytes() {
        return 0;
    }

    /// Woken when input comes; null if input is always there or never.
    default @Nullable WaitQueue readQueue() {
        return null;
    }

    /// Moves the position of a [Kind#FILE].
    ///
    /// @throws ErrnoException ESPIPE if it has none
    default long seek(long offset, int whence) throws ErrnoException {
        throw Errno.ESPIPE.exception();
    }

    /// Size in bytes of a [Kind#FILE].
    default long sizeBytes() {
        return 0;
    }

    /// Rows and columns of a [Kind#TERMINAL], rows in the upper half.
    default int windowSize() {
        return 24 << 16 | 80;
    }

    /// An endpoint like /dev/null.
    ConsoleEndpoint NULL =
            new ConsoleEndpoint() {
                @Override
                public Kind kind() {
                    return Kind.NULL_DEVICE;
                }

                @Override
                public void write(byte[] source, int offset, int lengthBytes) {}
            };
}
