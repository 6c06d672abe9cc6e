package org.mshareemu.emulator.kernel.abi;

/// Signal numbers, action flags, `si_code` values and frame layouts of x86-64; see signal(7).
public final class Signals {
    public static final int SIGHUP = 1;
    public static final int SIGINT = 2;
    public static final int SIGQUIT = 3;
    public static final int SIGILL = 4;
    public static final int SIGTRAP = 5;
    public static final int SIGABRT = 6;
    public static final int SIGBUS = 7;
    public static final int SIGFPE = 8;
    public static final int SIGKILL = 9;
    public static final int SIGUSR1 = 10;
    public static final int SIGSEGV = 11;
    public static final int SIGUSR2 = 12;
    public static final int SIGPIPE = 13;
    public static final int SIGALRM = 14;
    public static final int SIGTERM = 15;
    public static final int SIGSTKFLT = 16;
    public static final int SIGCHLD = 17;
    public static final int SIGCONT = 18;
    public static final int SIGSTOP = 19;
    public static final int SIGTSTP = 20;
    public static final int SIGTTIN = 21;
    public static final int SIGTTOU = 22;
    public static final int SIGURG = 23;
    public static final int SIGXCPU = 24;
    public static final int SIGXFSZ = 25;
    public static final int SIGVTALRM = 26;
    public static final int SIGPROF = 27;
    public static final int SIGWINCH = 28;
    public static final int SIGIO = 29;
    public static final int SIGPWR = 30;
    public static final int SIGSYS = 31;

    /// First real-time signal as the kernel counts (libc keeps the first two to itself).
    public static final int SIGRTMIN = 32;

    /// Highest signal number.
    public static final int NSIG = 64;

    public static final long SIG_DFL = 0;
    public static final long SIG_IGN = 1;

    public static final int SIG_BLOCK = 0;
    public static final int SIG_UNBLOCK = 1;
    public static final int SIG_SETMASK = 2;

    public static final long SA_NOCLDSTOP = 1;
    public static final long SA_NOCLDWAIT = 2;
    public static final long SA_SIGINFO = 4;
    public static final long SA_UNSUPPORTED = 0x400;
    public static final long SA_EXPOSE_TAGBITS = 0x800;
    public static final long SA_RESTORER = 0x0400_0000;
    public static final long SA_ONSTACK = 0x0800_0000;
    public static final long SA_RESTART = 0x1000_0000;
    public static final long SA_NODEFER = 0x4000_0000;
    public static final long SA_RESETHAND = 0x8000_0000L;

    /// The flags rt_sigaction(2) keeps; it clears all others. Linux: UAPI_SA_FLAGS
    public static final long SA_ALL =
            SA_NOCLDSTOP
                    | SA_NOCLDWAIT
                    | SA_SIGINFO
                    | SA_EXPOSE_TAGBITS
                    | SA_RESTORER
                    | SA_ONSTACK
                    | SA_RESTART
                    | SA_NODEFER
                    | SA_RESETHAND;

    public static final int SS_ONSTACK = 1;
    public static final int SS_DISABLE = 2;
    public static final int SS_AUTODISARM = 1 << 31;
    public static final int MINSIGSTKSZ = 2048;

    public static final int SI_USER = 0;
    public static final int SI_KERNEL = 0x80;
    public static final int SI_QUEUE = -1;
    public static final int SI_TIMER = -2;
    public static final int SI_MESGQ = -3;
    public static final int SI_ASYNCIO = -4;
    public static final int SI_SIGIO = -5;
    public static final int SI_TKILL = -6;

    public static final int ILL_ILLOPC = 1;
    public static final int ILL_ILLOPN = 2;
    public static final int ILL_BADSTK = 8;

    public static final int FPE_INTDIV = 1;
    public static final int FPE_INTOVF = 2;
    public static final int FPE_FLTDIV = 3;
    public static final int FPE_FLTOVF = 4;
    public static final int FPE_FLTUND = 5;
    public static final int FPE_FLTRES = 6;
    public static final int FPE_FLTINV = 7;
    public static final int FPE_FLTSUB = 8;

    public static final int SEGV_MAPERR = 1;
    public static final int SEGV_ACCERR = 2;
    public static final int SEGV_BNDERR = 3;
    public static final int SEGV_PKUERR = 4;

    public static final int BUS_ADRALN = 1;
    public static final int BUS_ADRERR = 2;
    public static final int BUS_OBJERR = 3;

    public static final int TRAP_BRKPT = 1;
    public static final int TRAP_TRACE = 2;

    public static final int CLD_EXITED = 1;
    public static final int CLD_KILLED = 2;
    public static final int CLD_DUMPED = 3;
    public static final int CLD_TRAPPED = 4;
    public static final int CLD_STOPPED = 5;
    public static final int CLD_CONTINUED = 6;

    public static final int POLL_IN = 1;
    public static final int POLL_OUT = 2;
    public static final int POLL_HUP = 6;

    /// Size of siginfo_t.
    public static final int SIGINFO_BYTES = 128;

    private static final String[] NAMES = {
        "0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
        "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
        "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    };

    /// Signals an instruction causes; they go first. Linux: SYNCHRONOUS_MASK
    public static final long SYNCHRONOUS_MASK =
            bit(SIGSEGV) | bit(SIGBUS) | bit(SIGILL) | bit(SIGTRAP) | bit(SIGFPE) | bit(SIGSYS);

    /// Signals that stop by default. Linux: SIG_KERNEL_STOP_MASK
    public static final long STOP_MASK = bit(SIGSTOP) | bit(SIGTSTP) | bit(SIGTTIN) | bit(SIGTTOU);

    /// Signals that are ignored by default. Linux: SIG_KERNEL_IGNORE_MASK
    public static final long IGNORE_MASK =
            bit(SIGCONT) | bit(SIGCHLD) | bit(SIGWINCH) | bit(SIGURG);

    /// Signals that dump core by default. Linux: SIG_KERNEL_COREDUMP_MASK
    public static final long COREDUMP_MASK =
            bit(SIGQUIT)
                    | bit(SIGILL)
                    | bit(SIGTRAP)
                    | bit(SIGABRT)
                    | bit(SIGFPE)
                    | bit(SIGSEGV)
                    | bit(SIGBUS)
                    | bit(SIGSYS)
                    | bit(SIGXCPU)
                    | bit(SIGXFSZ);

    /// Signals nobody can block, catch or ignore. Linux: SIG_KERNEL_ONLY_MASK
    public static final long UNBLOCKABLE_MASK = bit(SIGKILL) | bit(SIGSTOP);

    private Signals() {}

    /// The bit of a signal in a sigset_t. Linux: sigmask()
    public static long bit(int signo) {
        return 1L << (signo - 1);
    }

    /// The usual name, such as `SIGSEGV` or `SIGRTMIN+2`.
    public static String name(int signo) {
        if (signo > 0 && signo < NAMES.length) {
            return "SIG" + NAMES[signo];
        }
        return signo == SIGRTMIN ? "SIGRTMIN" : "SIGRTMIN+" + (signo - SIGRTMIN);
    }
}
