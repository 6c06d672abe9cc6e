package org.mshareemu.emulator.kernel.syscall;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

/// struct timespec and struct timeval in user memory, as nanoseconds here.
public final class TimeValues {
    public static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    /// Longest time that fits, about 292 years. Linux: KTIME_MAX
    private static final long MAX_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND;

    private TimeValues() {}

    /// Reads a struct timespec. Linux: get_timespec64(), timespec64_valid()
    ///
    /// @throws ErrnoException EFAULT; EINVAL for negative or unnormalised values
    public static long readTimespec(UserMemory memory, long vaddr) throws ErrnoException {
        long seconds = memory.readLong(vaddr);
        long nanos = memory.readLong(vaddr + 8);
        if (seconds < 0 || nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw Errno.EINVAL.exception();
        }
        return toNanos(seconds, nanos);
    }

    /// Reads a struct timeval.
    ///
    /// @throws ErrnoException EFAULT; EINVAL for negative or unnormalised values
    public static long readTimeval(UserMemory memory, long vaddr) throws ErrnoException {
        long seconds = memory.readLong(vaddr);
        long micros = memory.readLong(vaddr + 8);
        if (seconds < 0 || micros < 0 || micros >= MICROS_PER_SECOND) {
            throw Errno.EINVAL.exception();
        }
        return toNanos(seconds, micros * NANOS_PER_MICRO);
    }

    private static long toNanos(long seconds, long nanos) {
        return seconds >= MAX_SECONDS ? Long.MAX_VALUE : seconds * NANOS_PER_SECOND + nanos;
    }

    public static void writeTimespec(UserMemory memory, long vaddr, long nanos)
            throws ErrnoException {
        memory.writeLong(vaddr, nanos / NANOS_PER_SECOND);
        memory.writeLong(vaddr + 8, nanos % NANOS_PER_SECOND);
    }

    public static void writeTimeval(UserMemory memory, long vaddr, long nanos)
            throws ErrnoException {
        memory.writeLong(vaddr, nanos / NANOS_PER_SECOND);
        memory.writeLong(vaddr + 8, nanos % NANOS_PER_SECOND / NANOS_PER_MICRO);
    }
}
