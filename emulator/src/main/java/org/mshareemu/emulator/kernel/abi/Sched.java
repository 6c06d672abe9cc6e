package org.mshareemu.emulator.kernel.abi;

/// Flags of clone(2) and numbers of sched(7).
public final class Sched {
    /// The part of clone's flags that is the exit signal.
    public static final long CSIGNAL = 0xff;

    public static final long CLONE_VM = 0x100;
    public static final long CLONE_FS = 0x200;
    public static final long CLONE_FILES = 0x400;
    public static final long CLONE_SIGHAND = 0x800;
    public static final long CLONE_PIDFD = 0x1000;
    public static final long CLONE_PTRACE = 0x2000;
    public static final long CLONE_VFORK = 0x4000;
    public static final long CLONE_PARENT = 0x8000;
    public static final long CLONE_THREAD = 0x1_0000;
    public static final long CLONE_NEWNS = 0x2_0000;
    public static final long CLONE_SYSVSEM = 0x4_0000;
    public static final long CLONE_SETTLS = 0x8_0000;
    public static final long CLONE_PARENT_SETTID = 0x10_0000;
    public static final long CLONE_CHILD_CLEARTID = 0x20_0000;
    public static final long CLONE_DETACHED = 0x40_0000;
    public static final long CLONE_UNTRACED = 0x80_0000;
    public static final long CLONE_CHILD_SETTID = 0x100_0000;
    public static final long CLONE_NEWCGROUP = 0x200_0000;
    public static final long CLONE_NEWUTS = 0x400_0000;
    public static final long CLONE_NEWIPC = 0x800_0000;
    public static final long CLONE_NEWUSER = 0x1000_0000;
    public static final long CLONE_NEWPID = 0x2000_0000;
    public static final long CLONE_NEWNET = 0x4000_0000;
    public static final long CLONE_IO = 0x8000_0000L;
    public static final long CLONE_NEWTIME = 0x80;
    public static final long CLONE_CLEAR_SIGHAND = 0x1_0000_0000L;
    public static final long CLONE_INTO_CGROUP = 0x2_0000_0000L;

    public static final int SCHED_NORMAL = 0;
    public static final int SCHED_FIFO = 1;
    public static final int SCHED_RR = 2;
    public static final int SCHED_BATCH = 3;
    public static final int SCHED_IDLE = 5;
    public static final int SCHED_DEADLINE = 6;
    public static final int SCHED_EXT = 7;
    public static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    public static final int PRIO_PROCESS = 0;
    public static final int PRIO_PGRP = 1;
    public static final int PRIO_USER = 2;

    private Sched() {}
}
