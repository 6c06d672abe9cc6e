package org.mshareemu.emulator.observe;

import java.util.HashMap;
import java.util.Map;

/// How a system call is written in the log: the kind of each argument, and of the result.
///
/// The table has a line per call: its name, then kinds known to [ArgumentDecoders]. A kind that
/// ends in `>` (or `>:N`) is shown once the call is over. `= hex`, `= never` and `= oct` at the end
/// tell how the result is shown. A call without a line shows its six registers.
final class CallSignature {
    /// How a result is written.
    enum Result {
        DECIMAL,
        HEX,
        OCTAL,
        /// The call does not return.
        NEVER
    }

    private static final String TABLE =
            """
            read fd data>:ret size
            write fd data:2 size
            open str open createmode:1
            close fd
            stat str stat>
            fstat fd stat>
            lstat str stat>
            poll pollfds>:1 uint int
            lseek fd long whence
            mmap ptr size prot map fd hex = hex
            mprotect ptr size prot
            munmap ptr size
            brk ptr = hex
            rt_sigaction signo sigaction sigaction> size
            rt_sigprocmask sighow sigset sigset> size
            rt_sigreturn
            ioctl fd ioctl ptr
            pread64 fd data>:ret size long
            pwrite64 fd data:2 size long
            readv fd iovec>:2 int
            writev fd iovec:2 int
            preadv fd iovec>:2 int long
            pwritev fd iovec:2 int long
            access str access
            pipe fds>
            select int ptr ptr ptr timeval
            sched_yield
            mremap ptr size size mremap ptr = hex
            msync ptr size msync
            mincore ptr size ptr
            madvise ptr size madvise
            shmget hex size shmget
            shmat int ptr shmat = hex
            shmctl int ipc ptr
            shmdt ptr
            dup fd
            dup2 fd fd
            dup3 fd fd open
            pause
            nanosleep timespec timespec>
            getitimer itimer itimerval>
            alarm uint
            setitimer itimer itimerval itimerval>
            getpid
            sendfile fd fd ptr size
            clone clone ptr ptr ptr hex
            clone3 cloneargs size
            fork
            vfork
            execve str argv envp
            execveat atfd str argv envp at
            exit int = never
            exit_group int = never
            wait4 int wstatus> wait4 rusage>
            kill int signo
            uname uname>
            fcntl fd fcntlcmd fcntl:1
            flock fd lock
            fsync fd
            fdatasync fd
            truncate str long
            ftruncate fd long
            getdents64 fd dirents> size
            getcwd str> size
            chdir str
            fchdir fd
            rename str str
            mkdir str mode
            rmdir str
            creat str mode
            link str str
            unlink str
            symlink str str
            readlink str data>:ret size
            chmod str mode
            fchmod fd mode
            chown str int int
            fchown fd int int
            lchown str int int
            umask mode = oct
            gettimeofday timeval> ptr
            getrlimit resource rlimit>
            setrlimit resource rlimit
            prlimit64 int resource rlimit rlimit>
            getrusage who rusage>
            sysinfo sysinfo>
            times tms>
            getuid
            getgid
            setuid int
            setgid int
            geteuid
            getegid
            setpgid int int
            getppid
            getpgrp
            setsid
            setreuid int int
            setregid int int
            getgroups int ptr
            setgroups int ptr
            setresuid int int int
            setresgid int int int
            getresuid int*> int*> int*>
            getresgid int*> int*> int*>
            getpgid int
            getsid int
            capget ptr ptr
            capset ptr ptr
            rt_sigpending sigset> size
            rt_sigtimedwait sigset siginfo> timespec size
            rt_sigqueueinfo int signo ptr
            rt_tgsigqueueinfo int int signo ptr
            rt_sigsuspend sigset size
            sigaltstack stack stack>
            mknod str filemode dev
            personality hex
            statfs str statfs>
            fstatfs fd statfs>
            getpriority int int
            setpriority int int int
            sched_setparam int ptr
            sched_getparam int ptr
            sched_setscheduler int scheduler ptr
            sched_getscheduler int
            sched_get_priority_max scheduler
            sched_get_priority_min scheduler
            mlock ptr size
            munlock ptr size
            mlock2 ptr size mlock2
            mlockall mlockall
            munlockall
            prctl prctl hex hex hex hex
            arch_prctl archprctl ptr
            chroot str
            sync
            mount str str str mount ptr
            umount2 str umount
            sethostname data:1 size
            gettid
            tkill int signo
            tgkill int int signo
            time long*>
            futex ptr futex int ptr ptr hex
            sched_setaffinity int size hex*
            sched_getaffinity int size hex*>
            set_tid_address ptr
            restart_syscall
            fadvise64 fd long size int
            timer_create clock ptr int*>
            timer_settime int timerflags itimerspec itimerspec>
            timer_gettime int itimerspec>
            timer_getoverrun int
            timer_delete int
            clock_gettime clock timespec>
            clock_settime clock timespec
            clock_getres clock timespec>
            clock_nanosleep clock timerflags timespec timespec>
            epoll_create int
            epoll_create1 pipe
            epoll_ctl fd epollctl fd ptr
            epoll_wait fd ptr int int
            epoll_pwait fd ptr int int sigset size
            utimes str ptr
            waitid idtype int siginfo> waitid rusage>
            openat atfd str open createmode:2
            mkdirat atfd str mode
            mknodat atfd str filemode dev
            fchownat atfd str int int at
            newfstatat atfd str stat> at
            unlinkat atfd str at
            renameat atfd str atfd str
            renameat2 atfd str atfd str rename
            linkat atfd str atfd str at
            symlinkat str atfd str
            readlinkat atfd str data>:ret size
            fchmodat atfd str mode
            fchmodat2 atfd str mode at
            faccessat atfd str access
            faccessat2 atfd str access faccessat
            pselect6 int ptr ptr ptr timespec ptr
            ppoll pollfds>:1 uint timespec sigset size
            set_robust_list ptr size
            get_robust_list int hex*> long*>
            utimensat atfd str utimes at
            fallocate fd fallocate long long
            eventfd uint
            eventfd2 uint pipe
            pipe2 fds> pipe
            getrandom data>:ret size random
            memfd_create str memfd
            membarrier membarrier hex int
            copy_file_range fd ptr fd ptr size hex
            statx atfd str at statxmask statx>
            rseq ptr uint hex hex
            getcpu int*> int*> ptr
            close_range uint uint hex
            process_vm_readv int iovec:2 size iovec:4 size hex
            process_vm_writev int iovec:2 size iovec:4 size hex
            syncfs fd
            pidfd_open int hex
            pidfd_send_signal fd signo ptr hex
            """;

    private static final Map<String, CallSignature> BY_NAME = new HashMap<>();

    static {
        for (String line : TABLE.strip().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            BY_NAME.put(words[0], parse(words));
        }
    }

    private final ArgumentDecoder[] arguments;
    private final int entryCount;
    private final Result result;

    private CallSignature(ArgumentDecoder[] arguments, int entryCount, Result result) {
        this.arguments = arguments;
        this.entryCount = entryCount;
        this.result = result;
    }

    private static CallSignature parse(String[] words) {
        int end = words.length;
        Result result = Result.DECIMAL;
        if (end > 2 && words[end - 2].equals("=")) {
            result =
                    switch (words[end - 1]) {
                        case "hex" -> Result.HEX;
                        case "oct" -> Result.OCTAL;
                        default -> Result.NEVER;
                    };
            end -= 2;
        }
        ArgumentDecoder[] arguments = new ArgumentDecoder[end - 1];
        int entryCount = arguments.length;
        for (int i = 0; i < arguments.length; i++) {
            String kind = words[i + 1];
            arguments[i] = ArgumentDecoders.of(kind);
            if (kind.contains(">")) {
                entryCount = Math.min(entryCount, i);
            }
        }
        return new CallSignature(arguments, entryCount, result);
    }

    /// The line of a call; a call without one shows its six registers in hexadecimal.
    static CallSignature of(String name) {
        CallSignature known = BY_NAME.get(name);
        return known != null
                ? known
                : parse(new String[] {name, "hex", "hex", "hex", "hex", "hex", "hex"});
    }

    static boolean isKnown(String name) {
        return BY_NAME.containsKey(name);
    }

    static int knownCount() {
        return BY_NAME.size();
    }

    /// How many arguments can be shown before the call has returned.
    int entryCount() {
        return entryCount;
    }

    int count() {
        return arguments.length;
    }

    Result result() {
        return result;
    }

    /// Appends arguments `[first, last)`, with commas between and a comma in front unless `first`
    /// is 0.
    void append(StringBuilder out, CallView call, int first, int last) {
        for (int i = first; i < last; i++) {
            int before = out.length();
            if (i > 0) {
                out.append(", ");
            }
            int begin = out.length();
            arguments[i].append(out, call, i);
            if (out.length() == begin) {
                out.setLength(before);
            }
        }
    }
}
