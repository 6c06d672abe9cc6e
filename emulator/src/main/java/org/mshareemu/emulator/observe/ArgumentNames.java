package org.mshareemu.emulator.observe;

/// The names of flags and numbers that system calls take, with the values of x86-64.
final class ArgumentNames {
    static final NamedBits OPEN_ACCESS =
            new NamedBits("O_RDONLY=0 O_WRONLY=1 O_RDWR=2 O_ACCMODE=3");
    static final NamedBits OPEN =
            new NamedBits(
                    """
                    O_CREAT=0100 O_EXCL=0200 O_NOCTTY=0400 O_TRUNC=01000 O_APPEND=02000 O_NONBLOCK=04000 O_SYNC=04010000 O_DSYNC=010000
                    O_ASYNC=020000 O_DIRECT=040000 O_LARGEFILE=0100000 O_TMPFILE=020200000 O_DIRECTORY=0200000 O_NOFOLLOW=0400000 O_NOATIME=01000000
                    O_CLOEXEC=02000000 O_PATH=010000000
                    """);
    static final NamedBits ACCESS = new NamedBits("F_OK=0 R_OK=4 W_OK=2 X_OK=1");
    static final NamedBits PROT =
            new NamedBits(
                    "PROT_NONE=0 PROT_READ=1 PROT_WRITE=2 PROT_EXEC=4 PROT_SEM=8"
                            + " PROT_GROWSDOWN=0x1000000 PROT_GROWSUP=0x2000000");
    static final NamedBits MAP_TYPE =
            new NamedBits("0=0 MAP_SHARED=1 MAP_PRIVATE=2 MAP_SHARED_VALIDATE=3 MAP_DROPPABLE=8");
    static final NamedBits MAP =
            new NamedBits(
                    """
                    MAP_FIXED=0x10 MAP_ANONYMOUS=0x20 MAP_32BIT=0x40 MAP_ABOVE4G=0x80 MAP_GROWSDOWN=0x100 MAP_DENYWRITE=0x800 MAP_EXECUTABLE=0x1000
                    MAP_LOCKED=0x2000 MAP_NORESERVE=0x4000 MAP_POPULATE=0x8000 MAP_NONBLOCK=0x10000 MAP_STACK=0x20000 MAP_HUGETLB=0x40000
                    MAP_SYNC=0x80000 MAP_FIXED_NOREPLACE=0x100000
                    """);
    static final NamedBits MSYNC = new NamedBits("0=0 MS_ASYNC=1 MS_INVALIDATE=2 MS_SYNC=4");
    static final NamedBits MREMAP =
            new NamedBits("0=0 MREMAP_MAYMOVE=1 MREMAP_FIXED=2 MREMAP_DONTUNMAP=4");
    static final NamedBits MADVISE =
            new NamedBits(
                    """
                    MADV_NORMAL=0 MADV_RANDOM=1 MADV_SEQUENTIAL=2 MADV_WILLNEED=3 MADV_DONTNEED=4 MADV_FREE=8 MADV_REMOVE=9 MADV_DONTFORK=10 MADV_DOFORK=11
                    MADV_MERGEABLE=12 MADV_UNMERGEABLE=13 MADV_HUGEPAGE=14 MADV_NOHUGEPAGE=15 MADV_DONTDUMP=16 MADV_DODUMP=17 MADV_WIPEONFORK=18
                    MADV_KEEPONFORK=19 MADV_COLD=20 MADV_PAGEOUT=21 MADV_POPULATE_READ=22 MADV_POPULATE_WRITE=23 MADV_DONTNEED_LOCKED=24 MADV_COLLAPSE=25
                    MADV_GUARD_INSTALL=102 MADV_GUARD_REMOVE=103
                    """);
    static final NamedBits MLOCKALL = new NamedBits("0=0 MCL_CURRENT=1 MCL_FUTURE=2 MCL_ONFAULT=4");
    static final NamedBits MLOCK2 = new NamedBits("0=0 MLOCK_ONFAULT=1");
    static final NamedBits CLONE =
            new NamedBits(
                    """
                    CLONE_VM=0x100 CLONE_FS=0x200 CLONE_FILES=0x400 CLONE_SIGHAND=0x800 CLONE_PIDFD=0x1000 CLONE_PTRACE=0x2000 CLONE_VFORK=0x4000
                    CLONE_PARENT=0x8000 CLONE_THREAD=0x10000 CLONE_NEWNS=0x20000 CLONE_SYSVSEM=0x40000 CLONE_SETTLS=0x80000 CLONE_PARENT_SETTID=0x100000
                    CLONE_CHILD_CLEARTID=0x200000 CLONE_DETACHED=0x400000 CLONE_UNTRACED=0x800000 CLONE_CHILD_SETTID=0x1000000 CLONE_NEWCGROUP=0x2000000
                    CLONE_NEWUTS=0x4000000 CLONE_NEWIPC=0x8000000 CLONE_NEWUSER=0x10000000 CLONE_NEWPID=0x20000000 CLONE_NEWNET=0x40000000
                    CLONE_IO=0x80000000
                    """);
    static final NamedBits WAIT_OPTIONS =
            new NamedBits(
                    "0=0 WNOHANG=1 WSTOPPED=2 WEXITED=4 WCONTINUED=8 WNOWAIT=0x1000000"
                            + " __WNOTHREAD=0x20000000 __WALL=0x40000000 __WCLONE=0x80000000");
    static final NamedBits WAIT4_OPTIONS =
            new NamedBits(
                    "0=0 WNOHANG=1 WUNTRACED=2 WCONTINUED=8 __WNOTHREAD=0x20000000"
                            + " __WALL=0x40000000 __WCLONE=0x80000000");
    static final NamedBits ID_TYPE = new NamedBits("P_ALL=0 P_PID=1 P_PGID=2 P_PIDFD=3");
    static final NamedBits WHENCE =
            new NamedBits("SEEK_SET=0 SEEK_CUR=1 SEEK_END=2 SEEK_DATA=3 SEEK_HOLE=4");
    static final NamedBits FCNTL =
            new NamedBits(
                    """
                    F_DUPFD=0 F_GETFD=1 F_SETFD=2 F_GETFL=3 F_SETFL=4 F_GETLK=5 F_SETLK=6 F_SETLKW=7 F_SETOWN=8 F_GETOWN=9 F_SETSIG=10 F_GETSIG=11
                    F_OFD_GETLK=36 F_OFD_SETLK=37 F_OFD_SETLKW=38 F_DUPFD_CLOEXEC=1030 F_SETPIPE_SZ=1031 F_GETPIPE_SZ=1032 F_ADD_SEALS=1033 F_GET_SEALS=1034
                    """);
    static final NamedBits FD_FLAGS = new NamedBits("0=0 FD_CLOEXEC=1");
    static final NamedBits FUTEX =
            new NamedBits(
                    """
                    FUTEX_WAIT=0 FUTEX_WAKE=1 FUTEX_FD=2 FUTEX_REQUEUE=3 FUTEX_CMP_REQUEUE=4 FUTEX_WAKE_OP=5 FUTEX_LOCK_PI=6 FUTEX_UNLOCK_PI=7
                    FUTEX_TRYLOCK_PI=8 FUTEX_WAIT_BITSET=9 FUTEX_WAKE_BITSET=10 FUTEX_WAIT_REQUEUE_PI=11 FUTEX_CMP_REQUEUE_PI=12 FUTEX_LOCK_PI2=13
                    """);
    static final NamedBits FUTEX_FLAGS =
            new NamedBits("FUTEX_PRIVATE_FLAG=128 FUTEX_CLOCK_REALTIME=256");
    static final NamedBits MOUNT =
            new NamedBits(
                    """
                    0=0 MS_RDONLY=1 MS_NOSUID=2 MS_NODEV=4 MS_NOEXEC=8 MS_SYNCHRONOUS=16 MS_REMOUNT=32 MS_MANDLOCK=64 MS_DIRSYNC=128 MS_NOATIME=1024
                    MS_NODIRATIME=2048 MS_BIND=4096 MS_MOVE=8192 MS_REC=16384 MS_SILENT=32768 MS_UNBINDABLE=0x20000 MS_PRIVATE=0x40000 MS_SLAVE=0x80000
                    MS_SHARED=0x100000 MS_RELATIME=0x200000 MS_STRICTATIME=0x1000000
                    """);
    static final NamedBits UMOUNT =
            new NamedBits("0=0 MNT_FORCE=1 MNT_DETACH=2 MNT_EXPIRE=4 UMOUNT_NOFOLLOW=8");
    static final NamedBits AT =
            new NamedBits(
                    "0=0 AT_SYMLINK_NOFOLLOW=0x100 AT_REMOVEDIR=0x200 AT_SYMLINK_FOLLOW=0x400"
                            + " AT_NO_AUTOMOUNT=0x800 AT_EMPTY_PATH=0x1000");
    static final NamedBits FACCESSAT =
            new NamedBits("0=0 AT_SYMLINK_NOFOLLOW=0x100 AT_EACCESS=0x200 AT_EMPTY_PATH=0x1000");
    static final NamedBits CLOCK =
            new NamedBits(
                    """
                    CLOCK_REALTIME=0 CLOCK_MONOTONIC=1 CLOCK_PROCESS_CPUTIME_ID=2 CLOCK_THREAD_CPUTIME_ID=3 CLOCK_MONOTONIC_RAW=4 CLOCK_REALTIME_COARSE=5
                    CLOCK_MONOTONIC_COARSE=6 CLOCK_BOOTTIME=7 CLOCK_REALTIME_ALARM=8 CLOCK_BOOTTIME_ALARM=9 CLOCK_TAI=11
                    """);
    static final NamedBits TIMER_FLAGS = new NamedBits("0=0 TIMER_ABSTIME=1");
    static final NamedBits RANDOM =
            new NamedBits("0=0 GRND_NONBLOCK=1 GRND_RANDOM=2 GRND_INSECURE=4");
    static final NamedBits SIG_HOW = new NamedBits("SIG_BLOCK=0 SIG_UNBLOCK=1 SIG_SETMASK=2");
    static final NamedBits SA_FLAGS =
            new NamedBits(
                    """
                    0=0 SA_NOCLDSTOP=1 SA_NOCLDWAIT=2 SA_SIGINFO=4 SA_RESTORER=0x4000000 SA_ONSTACK=0x8000000 SA_RESTART=0x10000000 SA_NODEFER=0x40000000
                    SA_RESETHAND=0x80000000
                    """);
    static final NamedBits SIGALTSTACK =
            new NamedBits("0=0 SS_ONSTACK=1 SS_DISABLE=2 SS_AUTODISARM=0x80000000");
    static final NamedBits PIPE =
            new NamedBits("0=0 O_NONBLOCK=04000 O_DIRECT=040000 O_CLOEXEC=02000000");
    static final NamedBits RESOURCE =
            new NamedBits(
                    """
                    RLIMIT_CPU=0 RLIMIT_FSIZE=1 RLIMIT_DATA=2 RLIMIT_STACK=3 RLIMIT_CORE=4 RLIMIT_RSS=5 RLIMIT_NPROC=6 RLIMIT_NOFILE=7 RLIMIT_MEMLOCK=8
                    RLIMIT_AS=9 RLIMIT_LOCKS=10 RLIMIT_SIGPENDING=11 RLIMIT_MSGQUEUE=12 RLIMIT_NICE=13 RLIMIT_RTPRIO=14 RLIMIT_RTTIME=15
                    """);
    static final NamedBits PRCTL =
            new NamedBits(
                    """
                    PR_SET_PDEATHSIG=1 PR_GET_PDEATHSIG=2 PR_GET_DUMPABLE=3 PR_SET_DUMPABLE=4 PR_SET_NAME=15 PR_GET_NAME=16 PR_GET_SECCOMP=21 PR_SET_SECCOMP=22
                    PR_CAPBSET_READ=23 PR_CAPBSET_DROP=24 PR_GET_SECUREBITS=27 PR_SET_SECUREBITS=28 PR_SET_TIMERSLACK=29 PR_GET_TIMERSLACK=30
                    PR_SET_CHILD_SUBREAPER=36 PR_GET_CHILD_SUBREAPER=37 PR_SET_NO_NEW_PRIVS=38 PR_GET_NO_NEW_PRIVS=39 PR_SET_VMA=0x53564d41
                    """);
    static final NamedBits ARCH_PRCTL =
            new NamedBits(
                    "ARCH_SET_GS=0x1001 ARCH_SET_FS=0x1002 ARCH_GET_FS=0x1003 ARCH_GET_GS=0x1004"
                            + " ARCH_GET_CPUID=0x1011 ARCH_SET_CPUID=0x1012");
    static final NamedBits IOCTL =
            new NamedBits(
                    """
                    TCGETS=0x5401 TCSETS=0x5402 TCSETSW=0x5403 TCSETSF=0x5404 TIOCGPGRP=0x540f TIOCSPGRP=0x5410 TIOCGWINSZ=0x5413 TIOCSWINSZ=0x5414
                    FIONREAD=0x541b FIONBIO=0x5421 FIONCLEX=0x5450 FIOCLEX=0x5451 FIGETBSZ=2 MSHAREFS_CREATE_MAPPING=0x40287800 MSHAREFS_UNMAP=0x40107801
                    """);
    static final NamedBits POLL =
            new NamedBits(
                    "0=0 POLLIN=1 POLLPRI=2 POLLOUT=4 POLLERR=8 POLLHUP=16 POLLNVAL=32"
                            + " POLLRDNORM=64 POLLRDBAND=128 POLLWRNORM=256 POLLWRBAND=512"
                            + " POLLRDHUP=0x2000");
    static final NamedBits ITIMER = new NamedBits("ITIMER_REAL=0 ITIMER_VIRTUAL=1 ITIMER_PROF=2");
    static final NamedBits RUSAGE_WHO =
            new NamedBits("RUSAGE_SELF=0 RUSAGE_CHILDREN=-1 RUSAGE_THREAD=1");
    static final NamedBits MEMFD =
            new NamedBits(
                    "0=0 MFD_CLOEXEC=1 MFD_ALLOW_SEALING=2 MFD_HUGETLB=4 MFD_NOEXEC_SEAL=8"
                            + " MFD_EXEC=16");
    static final NamedBits FALLOCATE =
            new NamedBits(
                    "0=0 FALLOC_FL_KEEP_SIZE=1 FALLOC_FL_PUNCH_HOLE=2 FALLOC_FL_COLLAPSE_RANGE=8"
                            + " FALLOC_FL_ZERO_RANGE=16");
    static final NamedBits RENAME =
            new NamedBits("0=0 RENAME_NOREPLACE=1 RENAME_EXCHANGE=2 RENAME_WHITEOUT=4");
    static final NamedBits MEMBARRIER =
            new NamedBits(
                    """
                    MEMBARRIER_CMD_QUERY=0 MEMBARRIER_CMD_GLOBAL=1 MEMBARRIER_CMD_GLOBAL_EXPEDITED=2 MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED=4
                    MEMBARRIER_CMD_PRIVATE_EXPEDITED=8 MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED=16
                    """);
    static final NamedBits SCHEDULER =
            new NamedBits(
                    "SCHED_OTHER=0 SCHED_FIFO=1 SCHED_RR=2 SCHED_BATCH=3 SCHED_IDLE=5"
                            + " SCHED_DEADLINE=6");
    static final NamedBits FILE_TYPE =
            new NamedBits(
                    "S_IFSOCK=0140000 S_IFLNK=0120000 S_IFREG=0100000 S_IFBLK=060000 S_IFDIR=040000"
                            + " S_IFCHR=020000 S_IFIFO=010000");
    static final NamedBits STATX_MASK =
            new NamedBits(
                    "0=0 STATX_ALL=0xfff STATX_BASIC_STATS=0x7ff STATX_BTIME=0x800"
                            + " STATX_MNT_ID=0x1000");
    static final NamedBits LOCK = new NamedBits("LOCK_SH=1 LOCK_EX=2 LOCK_NB=4 LOCK_UN=8");
    static final NamedBits SHMGET =
            new NamedBits("IPC_CREAT=01000 IPC_EXCL=02000 SHM_HUGETLB=04000 SHM_NORESERVE=010000");
    static final NamedBits IPC = new NamedBits("IPC_RMID=0 IPC_SET=1 IPC_STAT=2 IPC_INFO=3");
    static final NamedBits SHMAT =
            new NamedBits("0=0 SHM_RDONLY=010000 SHM_RND=020000 SHM_REMAP=040000 SHM_EXEC=0100000");
    static final NamedBits FS_MAGIC =
            new NamedBits(
                    "TMPFS_MAGIC=0x1021994 PROC_SUPER_MAGIC=0x9fa0 SYSFS_MAGIC=0x62656572"
                            + " MSHARE_MAGIC=0x4d534852 PIPEFS_MAGIC=0x50495045"
                            + " EXT4_SUPER_MAGIC=0xef53");
    static final NamedBits EPOLL_CTL =
            new NamedBits("EPOLL_CTL_ADD=1 EPOLL_CTL_DEL=2 EPOLL_CTL_MOD=3");
    static final NamedBits SIGINFO_CODE =
            new NamedBits(
                    "SI_USER=0 SI_KERNEL=0x80 SI_QUEUE=-1 SI_TIMER=-2 SI_MESGQ=-3 SI_ASYNCIO=-4"
                            + " SI_SIGIO=-5 SI_TKILL=-6");

    private ArgumentNames() {}
}
