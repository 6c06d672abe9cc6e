package org.mshareemu.emulator.kernel.mm;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.IovIter;

import java.lang.foreign.MemorySegment;

/// User buffers of one address space, as readv(2) and its relatives name them.
///
/// Linux: struct iov_iter of type ITER_UBUF or ITER_IOVEC
public final class UserIovIter implements IovIter {
    /// Most buffers of one call. Linux: UIO_MAXIOV
    public static final int MAX_BUFFERS = 1024;

    /// Most bytes of one call. Linux: MAX_RW_COUNT
    public static final long MAX_BYTES = 0x7fff_f000L;

    private final MmUserMemory memory;
    private final long[] starts;
    private final long[] lengths;
    private final int buffers;
    private int current;
    private long within;
    private long left;

    private UserIovIter(MmUserMemory memory, long[] starts, long[] lengths, int buffers) {
        this.memory = memory;
        this.starts = starts;
        this.lengths = lengths;
        this.buffers = buffers;
        for (int i = 0; i < buffers; i++) {
            left += lengths[i];
        }
    }

    /// One buffer; lengths beyond [#MAX_BYTES] are cut. Linux: import_ubuf()
    ///
    /// @throws ErrnoException EFAULT if the buffer lies outside user space
    public static UserIovIter ofBuffer(Mm mm, long vaddr, long lengthBytes) throws ErrnoException {
        long length = Math.min(lengthBytes, MAX_BYTES);
        if (!isUserRange(mm, vaddr, length)) {
            throw Errno.EFAULT.exception();
        }
        return new UserIovIter(
                (MmUserMemory) mm.memory(), new long[] {vaddr}, new long[] {length}, 1);
    }

    /// The buffers of an array of struct iovec. Linux: import_iovec()
    ///
    /// @throws ErrnoException EINVAL for too many buffers or a negative length, EFAULT
    public static UserIovIter ofVector(Mm mm, long iovecVaddr, int count) throws ErrnoException {
        if (count < 0 || count > MAX_BUFFERS) {
            throw Errno.EINVAL.exception();
        }
        MmUserMemory memory = (MmUserMemory) mm.memory();
        long[] starts = new long[count];
        long[] lengths = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = memory.readLong(iovecVaddr + 16L * i);
            lengths[i] = memory.readLong(iovecVaddr + 16L * i + 8);
            if (lengths[i] < 0) {
                throw Errno.EINVAL.exception();
            }
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            if (!isUserRange(mm, starts[i], lengths[i])) {
                throw Errno.EFAULT.exception();
            }
            lengths[i] = Math.min(lengths[i], MAX_BYTES - total);
            total += lengths[i];
        }
        return new UserIovIter(memory, starts, lengths, count);
    }

    private static boolean isUserRange(Mm mm, long vaddr, long lengthBytes) {
        return vaddr >= 0 && lengthBytes >= 0 && vaddr <= mm.taskSize() - lengthBytes;
    }

    @Override
    public long count() {
        return left;
    }

    @Override
    public int copyTo(byte[] source, int offset, int lengthBytes) {
        return copyTo(MemorySegment.ofArray(source), offset, lengthBytes);
    }

    @Override
    public int copyTo(MemorySegment source, long offset, int lengthBytes) {
        int wanted = (int) Math.min(lengthBytes, left);
        int done = 0;
        while (done < wanted) {
            int chunk = chunk(wanted - done);
            int copied = memory.writePartly(position(), source, offset + done, chunk);
            advance(copied);
            done += copied;
            if (copied < chunk) {
                break;
            }
        }
        return done;
    }

    @Override
    public int copyFrom(byte[] destination, int offset, int lengthBytes) {
        return copyFrom(MemorySegment.ofArray(destination), offset, lengthBytes);
    }

    @Override
    public int copyFrom(MemorySegment destination, long offset, int lengthBytes) {
        int wanted = (int) Math.min(lengthBytes, left);
        int done = 0;
        while (done < wanted) {
            int chunk = chunk(wanted - done);
            int copied = memory.readPartly(position(), destination, offset + done, chunk);
            advance(copied);
            done += copied;
            if (copied < chunk) {
                break;
            }
        }
        return done;
    }

    @Override
    public int zero(long lengthBytes) {
        int wanted = (int) Math.min(lengthBytes, left);
        int done = 0;
        while (done < wanted) {
            int chunk = chunk(wanted - done);
            int cleared = chunk - (int) memory.clearPartly(position(), chunk);
            advance(cleared);
            done += cleared;
            if (cleared < chunk) {
                break;
            }
        }
        return done;
    }

    @Override
    public void revert(long lengthBytes) {
        left += lengthBytes;
        long back = lengthBytes;
        while (back > within) {
            back -= within;
            current--;
            within = lengths[current];
        }
        within -= back;
    }

    /// Bytes of the current buffer, which is not empty.
    private int chunk(int wanted) {
        while (within == lengths[current]) {
            current++;
            within = 0;
        }
        return (int) Math.min(wanted, lengths[current] - within);
    }

    private long position() {
        return starts[current] + within;
    }

    private void advance(long bytes) {
        within += bytes;
        left -= bytes;
        while (current < buffers - 1 && within == lengths[current]) {
            current++;
            within = 0;
        }
    }
}
