package org.mshareemu.emulator.kernel.abi;

/// Numbers of futex(2).
public final class Futex {
    public static final int FUTEX_WAIT = 0;
    public static final int FUTEX_WAKE = 1;
    public static final int FUTEX_FD = 2;
    public static final int FUTEX_REQUEUE = 3;
    public static final int FUTEX_CMP_REQUEUE = 4;
    public static final int FUTEX_WAKE_OP = 5;
    public static final int FUTEX_LOCK_PI = 6;
    public static final int FUTEX_UNLOCK_PI = 7;
    public static final int FUTEX_TRYLOCK_PI = 8;
    public static final int FUTEX_WAIT_BITSET = 9;
    public static final int FUTEX_WAKE_BITSET = 10;
    public static final int FUTEX_WAIT_REQUEUE_PI = 11;
    public static final int FUTEX_CMP_REQUEUE_PI = 12;
    public static final int FUTEX_LOCK_PI2 = 13;

    public static final int FUTEX_PRIVATE_FLAG = 128;
    public static final int FUTEX_CLOCK_REALTIME = 256;
    public static final int FUTEX_CMD_MASK = ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);

    public static final int FUTEX_BITSET_MATCH_ANY = -1;

    public static final int FUTEX_WAITERS = 0x8000_0000;
    public static final int FUTEX_OWNER_DIED = 0x4000_0000;
    public static final int FUTEX_TID_MASK = 0x3fff_ffff;

    /// Longest robust list that is walked at exit.
    public static final int ROBUST_LIST_LIMIT = 2048;

    /// Size of struct robust_list_head.
    public static final int ROBUST_LIST_HEAD_BYTES = 24;

    private Futex() {}
}
