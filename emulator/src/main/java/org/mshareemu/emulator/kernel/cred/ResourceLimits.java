package org.mshareemu.emulator.kernel.cred;

import java.util.Arrays;

/// Resource limits of a thread group; see getrlimit(2).
///
/// Linux: the rlim array of struct signal_struct
public final class ResourceLimits {
    public static final int RLIMIT_CPU = 0;
    public static final int RLIMIT_FSIZE = 1;
    public static final int RLIMIT_DATA = 2;
    public static final int RLIMIT_STACK = 3;
    public static final int RLIMIT_CORE = 4;
    public static final int RLIMIT_RSS = 5;
    public static final int RLIMIT_NPROC = 6;
    public static final int RLIMIT_NOFILE = 7;
    public static final int RLIMIT_MEMLOCK = 8;
    public static final int RLIMIT_AS = 9;
    public static final int RLIMIT_LOCKS = 10;
    public static final int RLIMIT_SIGPENDING = 11;
    public static final int RLIMIT_MSGQUEUE = 12;
    public static final int RLIMIT_NICE = 13;
    public static final int RLIMIT_RTPRIO = 14;
    public static final int RLIMIT_RTTIME = 15;
    public static final int RLIM_NLIMITS = 16;
    public static final long RLIM_INFINITY = -1L;

    private final long[] soft = new long[RLIM_NLIMITS];
    private final long[] hard = new long[RLIM_NLIMITS];

    /// The limits Linux gives its first process.
    public ResourceLimits() {
        Arrays.fill(soft, RLIM_INFINITY);
        Arrays.fill(hard, RLIM_INFINITY);
        set(RLIMIT_STACK, 8 << 20, RLIM_INFINITY);
        set(RLIMIT_CORE, 0, RLIM_INFINITY);
        set(RLIMIT_NOFILE, 1024, 1 << 20);
        set(RLIMIT_MEMLOCK, 8 << 20, 8 << 20);
        set(RLIMIT_MSGQUEUE, 819_200, 819_200);
        set(RLIMIT_NICE, 0, 0);
        set(RLIMIT_RTPRIO, 0, 0);
        set(RLIMIT_NPROC, 95_000, 95_000);
        set(RLIMIT_SIGPENDING, 95_000, 95_000);
    }

    /// A copy, as a forked process gets it.
    public ResourceLimits copy() {
        ResourceLimits copy = new ResourceLimits();
        System.arraycopy(soft, 0, copy.soft, 0, RLIM_NLIMITS);
        System.arraycopy(hard, 0, copy.hard, 0, RLIM_NLIMITS);
        return copy;
    }

    /// The enforced limit, unsigned; [#RLIM_INFINITY] = none.
    public long soft(int resource) {
        return soft[resource];
    }

    /// The ceiling of the soft limit, unsigned.
    public long hard(int resource) {
        return hard[resource];
    }

    /// Sets both limits of one resource; permission checks are the caller's.
    public void set(int resource, long softLimit, long hardLimit) {
        soft[resource] = softLimit;
        hard[resource] = hardLimit;
    }

    /// Whether `amount` is above the soft limit (unsigned comparison, so infinity is never
    /// exceeded).
    public boolean isExceeded(int resource, long amount) {
        return Long.compareUnsigned(amount, soft[resource]) > 0;
    }
}
