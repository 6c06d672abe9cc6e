package org.mshareemu.emulator.kernel.abi;

/// Options of wait4(2) and waitid(2), and the status word they give.
public final class Wait {
    public static final int WNOHANG = 1;
    public static final int WUNTRACED = 2;
    public static final int WSTOPPED = WUNTRACED;
    public static final int WEXITED = 4;
    public static final int WCONTINUED = 8;
    public static final int WNOWAIT = 0x0100_0000;

    /// Don't wait on children of other threads in this group.
    public static final int WNOTHREAD = 0x2000_0000;

    /// Wait on all children, regardless of type.
    public static final int WALL = 0x4000_0000;

    /// Wait only on children that do not send SIGCHLD.
    public static final int WCLONE = 0x8000_0000;

    public static final int P_ALL = 0;
    public static final int P_PID = 1;
    public static final int P_PGID = 2;
    public static final int P_PIDFD = 3;

    /// The core flag of a status word.
    public static final int CORE_FLAG = 0x80;

    /// The status word of a child that was continued.
    public static final int STATUS_CONTINUED = 0xffff;

    private Wait() {}

    /// The status word of exit(code).
    public static int exited(int code) {
        return (code & 0xff) << 8;
    }

    /// The status word of a child that is stopped.
    public static int stopped(int signo) {
        return signo << 8 | 0x7f;
    }
}
