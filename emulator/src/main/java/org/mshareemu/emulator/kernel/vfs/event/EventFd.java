package org.mshareemu.emulator.kernel.vfs.event;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Poll;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

import java.util.Locale;

/// A counter that can be waited for. Linux: struct eventfd_ctx
public final class EventFd implements FileOperations {
    /// What a read takes.
    public enum Mode {
        /// All of the count.
        COUNTER,
        /// One. Linux: EFD_SEMAPHORE
        SEMAPHORE
    }

    private static final int VALUE_BYTES = 8;

    /// Linux: ULLONG_MAX
    private static final long MAX = -1L;

    private final Mode mode;
    private final WaitQueue queue = new WaitQueue();

    /// Unsigned.
    private long count;

    /// @param initial unsigned
    public EventFd(Mode mode, long initial) {
        this.mode = mode;
        this.count = initial;
    }

    @Override
    public boolean movesPosition() {
        return false;
    }

    /// Linux: eventfd_read()
    @Override
    public long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        if (to.count() < VALUE_BYTES) {
            throw Errno.EINVAL.exception();
        }
        if (count == 0) {
            throw Errno.EAGAIN.exception();
        }
        long taken = mode == Mode.SEMAPHORE ? 1 : count;
        count -= taken;
        queue.wakeAll();
        if (to.copyTo(LittleEndian.bytes(taken), 0, VALUE_BYTES) < VALUE_BYTES) {
            throw Errno.EFAULT.exception();
        }
        return VALUE_BYTES;
    }

    /// Linux: eventfd_write()
    @Override
    public long write(OpenFile file, IovIter from, long position, CallerContext caller)
            throws ErrnoException {
        byte[] bytes = new byte[VALUE_BYTES];
        if (from.count() != VALUE_BYTES) {
            throw Errno.EINVAL.exception();
        }
        int copied = from.copyFrom(bytes, 0, VALUE_BYTES);
        if (copied < VALUE_BYTES) {
            throw Errno.EFAULT.exception();
        }
        long added = LittleEndian.value(bytes);
        if (added == MAX) {
            throw Errno.EINVAL.exception();
        }
        if (Long.compareUnsigned(MAX - count, added) <= 0) {
            from.revert(copied);
            throw Errno.EAGAIN.exception();
        }
        count += added;
        queue.wakeAll();
        return VALUE_BYTES;
    }

    /// Linux: eventfd_poll()
    @Override
    public int poll(OpenFile file) {
        int mask = count != 0 ? Poll.POLLIN : 0;
        if (count == MAX) {
            mask |= Poll.POLLERR;
        }
        if (Long.compareUnsigned(MAX - 1, count) > 0) {
            mask |= Poll.POLLOUT;
        }
        return mask;
    }

    @Override
    public boolean isPollable() {
        return true;
    }

    @Override
    public WaitQueue waitQueue(OpenFile file) {
        return queue;
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    /// Linux: noop_llseek()
    @Override
    public long llseek(OpenFile file, long offset, int whence) {
        return file.position();
    }

    @Override
    public String fdinfo(OpenFile file) {
        return String.format(Locale.ROOT, "eventfd-count: %16x\n", count);
    }
}
