package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

import java.lang.foreign.MemorySegment;

/// One or several buffers of a user. Linux: struct iov_iter of user buffers
public final class UserIov implements IovIter {
    /// First address behind user space. Linux: TASK_SIZE_MAX
    private static final long USER_END = (1L << 47) - 4096;

    private static final byte[] ZEROES = new byte[4096];

    private final UserMemory memory;
    private final long[] bases;
    private final long[] lengths;
    private int index;
    private long within;
    private long left;

    private UserIov(UserMemory memory, long[] bases, long[] lengths, long total) {
        this.memory = memory;
        this.bases = bases;
        this.lengths = lengths;
        this.left = total;
        settle();
    }

    /// One buffer, cut to what one call may move. Linux: import_ubuf()
    ///
    /// @throws ErrnoException EFAULT if it cannot be user memory
    public static UserIov of(UserMemory memory, long vaddr, long lengthBytes)
            throws ErrnoException {
        checkRange(vaddr, lengthBytes);
        long length =
                lengthBytes < 0 ? Fcntl.MAX_RW_COUNT : Math.min(lengthBytes, Fcntl.MAX_RW_COUNT);
        return new UserIov(memory, new long[] {vaddr}, new long[] {length}, length);
    }

    /// The buffers of a struct iovec array. Linux: import_iovec()
    ///
    /// @throws ErrnoException EINVAL for too many or a negative length, EFAULT
    public static UserIov ofVector(UserMemory memory, long vectorVaddr, long count)
            throws ErrnoException {
        if (count < 0 || count > Fcntl.UIO_MAXIOV) {
            throw Errno.EINVAL.exception();
        }
        int n = (int) count;
        long[] bases = new long[n];
        long[] lengths = new long[n];
        long total = 0;
        for (int i = 0; i < n; i++) {
            bases[i] = memory.readLong(vectorVaddr + 16L * i);
            lengths[i] = memory.readLong(vectorVaddr + 16L * i + 8);
            if (lengths[i] < 0) {
                throw Errno.EINVAL.exception();
            }
        }
        for (int i = 0; i < n; i++) {
            checkRange(bases[i], lengths[i]);
            lengths[i] = Math.min(lengths[i], Fcntl.MAX_RW_COUNT - total);
            total += lengths[i];
        }
        return new UserIov(memory, bases, lengths, total);
    }

    /// Linux: access_ok()
    private static void checkRange(long vaddr, long lengthBytes) throws ErrnoException {
        long end = vaddr + lengthBytes;
        if (Long.compareUnsigned(lengthBytes, USER_END) > 0
                || Long.compareUnsigned(end, vaddr) < 0
                || Long.compareUnsigned(end, USER_END) > 0) {
            throw Errno.EFAULT.exception();
        }
    }

    private void settle() {
        while (index < lengths.length && within >= lengths[index]) {
            within -= lengths[index];
            index++;
        }
    }

    private void advance(long lengthBytes) {
        within += lengthBytes;
        left -= lengthBytes;
        settle();
    }

    private int chunk(long wanted) {
        return (int) Math.min(wanted, lengths[index] - within);
    }

    /// Steps over bytes that an earlier run of the same call has moved. Linux: iov_iter_advance()
    public void skip(long lengthBytes) {
        advance(lengthBytes);
    }

    /// Cuts to a length. Linux: iov_iter_truncate()
    public void truncate(long lengthBytes) {
        left = Math.min(left, lengthBytes);
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
        long wanted = Math.min(lengthBytes, left);
        int done = 0;
        while (done < wanted) {
            int length = chunk(wanted - done);
            int copied = memory.writePartly(bases[index] + within, source, offset + done, length);
            advance(copied);
            done += copied;
            if (copied < length) {
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
        long wanted = Math.min(lengthBytes, left);
        int done = 0;
        while (done < wanted) {
            int length = chunk(wanted - done);
            int copied =
                    memory.readPartly(bases[index] + within, destination, offset + done, length);
            advance(copied);
            done += copied;
            if (copied < length) {
                break;
            }
        }
        return done;
    }

    @Override
    public int zero(long lengthBytes) {
        long wanted = Math.min(lengthBytes, left);
        int done = 0;
        while (done < wanted) {
            int length = (int) Math.min(wanted - done, ZEROES.length);
            int copied = copyTo(ZEROES, 0, length);
            done += copied;
            if (copied < length) {
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
            index--;
            within = lengths[index];
        }
        within -= back;
        settle();
    }
}
