package org.mshareemu.emulator.kernel.abi;

import org.jspecify.annotations.Nullable;

/// System-call numbers of Linux on x86-64 (syscalls(2)); the constants carry the kernel's names.
public final class SyscallNumber {
    public static final int NR_read = 0;
    public static final int NR_write = 1;
    public static final int NR_open = 2;
    public static final int NR_close = 3;
    public static final int NR_stat = 4;
    public static final int NR_fstat = 5;
    public static final int NR_lstat = 6;
    public static final int NR_poll = 7;
    public static final int NR_lseek = 8;
    public static final int NR_mmap = 9;
    public static final int NR_mprotect = 10;
    public static final int NR_munmap = 11;
    public static final int NR_brk = 12;
    public static final int NR_rt_sigaction = 13;
    public static final int NR_rt_sigprocmask = 14;
    public static final int NR_rt_sigreturn = 15;
    public static final int NR_ioctl = 16;
    public static final int NR_pread64 = 17;
    public static final int NR_pwrite64 = 18;
    public static final int NR_readv = 19;
    public static final int NR_writev = 20;
    public static final int NR_access = 21;
    public static final int NR_pipe = 22;
    public static final int NR_select = 23;
    public static final int NR_sched_yield = 24;
    public static final int NR_mremap = 25;
    public static final int NR_msync = 26;
    public static final int NR_mincore = 27;
    public static final int NR_madvise = 28;
    public static final int NR_shmget = 29;
    public static final int NR_shmat = 30;
    public static final int NR_shmctl = 31;
    public static final int NR_dup = 32;
    public static final int NR_dup2 = 33;
    public static final int NR_pause = 34;
    public static final int NR_nanosleep = 35;
    public static final int NR_getitimer = 36;
    public static final int NR_alarm = 37;
    public static final int NR_setitimer = 38;
    public static final int NR_getpid = 39;
    public static final int NR_sendfile = 40;
    public static final int NR_socket = 41;
    public static final int NR_connect = 42;
    public static final int NR_accept = 43;
    public static final int NR_sendto = 44;
    public static final int NR_recvfrom = 45;
    public static final int NR_sendmsg = 46;
    public static final int NR_recvmsg = 47;
    public static final int NR_shutdown = 48;
    public static final int NR_bind = 49;
    public static final int NR_listen = 50;
    public static final int NR_getsockname = 51;
    public static final int NR_getpeername = 52;
    public static final int NR_socketpair = 53;
    public static final int NR_setsockopt = 54;
    public static final int NR_getsockopt = 55;
    public static final int NR_clone = 56;
    public static final int NR_fork = 57;
    public static final int NR_vfork = 58;
    public static final int NR_execve = 59;
    public static final int NR_exit = 60;
    public static final int NR_wait4 = 61;
    public static final int NR_kill = 62;
    public static final int NR_uname = 63;
    public static final int NR_semget = 64;
    public static final int NR_semop = 65;
    public static final int NR_semctl = 66;
    public static final int NR_shmdt = 67;
    public static final int NR_msgget = 68;
    public static final int NR_msgsnd = 69;
    public static final int NR_msgrcv = 70;
    public static final int NR_msgctl = 71;
    public static final int NR_fcntl = 72;
    public static final int NR_flock = 73;
    public static final int NR_fsync = 74;
    public static final int NR_fdatasync = 75;
    public static final int NR_truncate = 76;
    public static final int NR_ftruncate = 77;
    public static final int NR_getdents = 78;
    public static final int NR_getcwd = 79;
    public static final int NR_chdir = 80;
    public static final int NR_fchdir = 81;
    public static final int NR_rename = 82;
    public static final int NR_mkdir = 83;
    public static final int NR_rmdir = 84;
    public static final int NR_creat = 85;
    public static final int NR_link = 86;
    public static final int NR_unlink = 87;
    public static final int NR_symlink = 88;
    public static final int NR_readlink = 89;
    public static final int NR_chmod = 90;
    public static final int NR_fchmod = 91;
    public static final int NR_chown = 92;
    public static final int NR_fchown = 93;
    public static final int NR_lchown = 94;
    public static final int NR_umask = 95;
    public static final int NR_gettimeofday = 96;
    public static final int NR_getrlimit = 97;
    public static final int NR_getrusage = 98;
    public static final int NR_sysinfo = 99;
    public static final int NR_times = 100;
    public static final int NR_ptrace = 101;
    public static final int NR_getuid = 102;
    public static final int NR_syslog = 103;
    public static final int NR_getgid = 104;
    public static final int NR_setuid = 105;
    public static final int NR_setgid = 106;
    public static final int NR_geteuid = 107;
    public static final int NR_getegid = 108;
    public static final int NR_setpgid = 109;
    public static final int NR_getppid = 110;
    public static final int NR_getpgrp = 111;
    public static final int NR_setsid = 112;
    public static final int NR_setreuid = 113;
    public static final int NR_setregid = 114;
    public static final int NR_getgroups = 115;
    public static final int NR_setgroups = 116;
    public static final int NR_setresuid = 117;
    public static final int NR_getresuid = 118;
    public static final int NR_setresgid = 119;
    public static final int NR_getresgid = 120;
    public static final int NR_getpgid = 121;
    public static final int NR_setfsuid = 122;
    public static final int NR_setfsgid = 123;
    public static final int NR_getsid = 124;
    public static final int NR_capget = 125;
    public static final int NR_capset = 126;
    public static final int NR_rt_sigpending = 127;
    public static final int NR_rt_sigtimedwait = 128;
    public static final int NR_rt_sigqueueinfo = 129;
    public static final int NR_rt_sigsuspend = 130;
    public static final int NR_sigaltstack = 131;
    public static final int NR_utime = 132;
    public static final int NR_mknod = 133;
    public static final int NR_uselib = 134;
    public static final int NR_personality = 135;
    public static final int NR_ustat = 136;
    public static final int NR_statfs = 137;
    public static final int NR_fstatfs = 138;
    public static final int NR_sysfs = 139;
    public static final int NR_getpriority = 140;
    public static final int NR_setpriority = 141;
    public static final int NR_sched_setparam = 142;
    public static final int NR_sched_getparam = 143;
    public static final int NR_sched_setscheduler = 144;
    public static final int NR_sched_getscheduler = 145;
    public static final int NR_sched_get_priority_max = 146;
    public static final int NR_sched_get_priority_min = 147;
    public static final int NR_sched_rr_get_interval = 148;
    public static final int NR_mlock = 149;
    public static final int NR_munlock = 150;
    public static final int NR_mlockall = 151;
    public static final int NR_munlockall = 152;
    public static final int NR_vhangup = 153;
    public static final int NR_modify_ldt = 154;
    public static final int NR_pivot_root = 155;
    public static final int NR__sysctl = 156;
    public static final int NR_prctl = 157;
    public static final int NR_arch_prctl = 158;
    public static final int NR_adjtimex = 159;
    public static final int NR_setrlimit = 160;
    public static final int NR_chroot = 161;
    public static final int NR_sync = 162;
    public static final int NR_acct = 163;
    public static final int NR_settimeofday = 164;
    public static final int NR_mount = 165;
    public static final int NR_umount2 = 166;
    public static final int NR_swapon = 167;
    public static final int NR_swapoff = 168;
    public static final int NR_reboot = 169;
    public static final int NR_sethostname = 170;
    public static final int NR_setdomainname = 171;
    public static final int NR_iopl = 172;
    public static final int NR_ioperm = 173;
    public static final int NR_create_module = 174;
    public static final int NR_init_module = 175;
    public static final int NR_delete_module = 176;
    public static final int NR_get_kernel_syms = 177;
    public static final int NR_query_module = 178;
    public static final int NR_quotactl = 179;
    public static final int NR_nfsservctl = 180;
    public static final int NR_getpmsg = 181;
    public static final int NR_putpmsg = 182;
    public static final int NR_afs_syscall = 183;
    public static final int NR_tuxcall = 184;
    public static final int NR_security = 185;
    public static final int NR_gettid = 186;
    public static final int NR_readahead = 187;
    public static final int NR_setxattr = 188;
    public static final int NR_lsetxattr = 189;
    public static final int NR_fsetxattr = 190;
    public static final int NR_getxattr = 191;
    public static final int NR_lgetxattr = 192;
    public static final int NR_fgetxattr = 193;
    public static final int NR_listxattr = 194;
    public static final int NR_llistxattr = 195;
    public static final int NR_flistxattr = 196;
    public static final int NR_removexattr = 197;
    public static final int NR_lremovexattr = 198;
    public static final int NR_fremovexattr = 199;
    public static final int NR_tkill = 200;
    public static final int NR_time = 201;
    public static final int NR_futex = 202;
    public static final int NR_sched_setaffinity = 203;
    public static final int NR_sched_getaffinity = 204;
    public static final int NR_set_thread_area = 205;
    public static final int NR_io_setup = 206;
    public static final int NR_io_destroy = 207;
    public static final int NR_io_getevents = 208;
    public static final int NR_io_submit = 209;
    public static final int NR_io_cancel = 210;
    public static final int NR_get_thread_area = 211;
    public static final int NR_lookup_dcookie = 212;
    public static final int NR_epoll_create = 213;
    public static final int NR_epoll_ctl_old = 214;
    public static final int NR_epoll_wait_old = 215;
    public static final int NR_remap_file_pages = 216;
    public static final int NR_getdents64 = 217;
    public static final int NR_set_tid_address = 218;
    public static final int NR_restart_syscall = 219;
    public static final int NR_semtimedop = 220;
    public static final int NR_fadvise64 = 221;
    public static final int NR_timer_create = 222;
    public static final int NR_timer_settime = 223;
    public static final int NR_timer_gettime = 224;
    public static final int NR_timer_getoverrun = 225;
    public static final int NR_timer_delete = 226;
    public static final int NR_clock_settime = 227;
    public static final int NR_clock_gettime = 228;
    public static final int NR_clock_getres = 229;
    public static final int NR_clock_nanosleep = 230;
    public static final int NR_exit_group = 231;
    public static final int NR_epoll_wait = 232;
    public static final int NR_epoll_ctl = 233;
    public static final int NR_tgkill = 234;
    public static final int NR_utimes = 235;
    public static final int NR_vserver = 236;
    public static final int NR_mbind = 237;
    public static final int NR_set_mempolicy = 238;
    public static final int NR_get_mempolicy = 239;
    public static final int NR_mq_open = 240;
    public static final int NR_mq_unlink = 241;
    public static final int NR_mq_timedsend = 242;
    public static final int NR_mq_timedreceive = 243;
    public static final int NR_mq_notify = 244;
    public static final int NR_mq_getsetattr = 245;
    public static final int NR_kexec_load = 246;
    public static final int NR_waitid = 247;
    public static final int NR_add_key = 248;
    public static final int NR_request_key = 249;
    public static final int NR_keyctl = 250;
    public static final int NR_ioprio_set = 251;
    public static final int NR_ioprio_get = 252;
    public static final int NR_inotify_init = 253;
    public static final int NR_inotify_add_watch = 254;
    public static final int NR_inotify_rm_watch = 255;
    public static final int NR_migrate_pages = 256;
    public static final int NR_openat = 257;
    public static final int NR_mkdirat = 258;
    public static final int NR_mknodat = 259;
    public static final int NR_fchownat = 260;
    public static final int NR_futimesat = 261;
    public static final int NR_newfstatat = 262;
    public static final int NR_unlinkat = 263;
    public static final int NR_renameat = 264;
    public static final int NR_linkat = 265;
    public static final int NR_symlinkat = 266;
    public static final int NR_readlinkat = 267;
    public static final int NR_fchmodat = 268;
    public static final int NR_faccessat = 269;
    public static final int NR_pselect6 = 270;
    public static final int NR_ppoll = 271;
    public static final int NR_unshare = 272;
    public static final int NR_set_robust_list = 273;
    public static final int NR_get_robust_list = 274;
    public static final int NR_splice = 275;
    public static final int NR_tee = 276;
    public static final int NR_sync_file_range = 277;
    public static final int NR_vmsplice = 278;
    public static final int NR_move_pages = 279;
    public static final int NR_utimensat = 280;
    public static final int NR_epoll_pwait = 281;
    public static final int NR_signalfd = 282;
    public static final int NR_timerfd_create = 283;
    public static final int NR_eventfd = 284;
    public static final int NR_fallocate = 285;
    public static final int NR_timerfd_settime = 286;
    public static final int NR_timerfd_gettime = 287;
    public static final int NR_accept4 = 288;
    public static final int NR_signalfd4 = 289;
    public static final int NR_eventfd2 = 290;
    public static final int NR_epoll_create1 = 291;
    public static final int NR_dup3 = 292;
    public static final int NR_pipe2 = 293;
    public static final int NR_inotify_init1 = 294;
    public static final int NR_preadv = 295;
    public static final int NR_pwritev = 296;
    public static final int NR_rt_tgsigqueueinfo = 297;
    public static final int NR_perf_event_open = 298;
    public static final int NR_recvmmsg = 299;
    public static final int NR_fanotify_init = 300;
    public static final int NR_fanotify_mark = 301;
    public static final int NR_prlimit64 = 302;
    public static final int NR_name_to_handle_at = 303;
    public static final int NR_open_by_handle_at = 304;
    public static final int NR_clock_adjtime = 305;
    public static final int NR_syncfs = 306;
    public static final int NR_sendmmsg = 307;
    public static final int NR_setns = 308;
    public static final int NR_getcpu = 309;
    public static final int NR_process_vm_readv = 310;
    public static final int NR_process_vm_writev = 311;
    public static final int NR_kcmp = 312;
    public static final int NR_finit_module = 313;
    public static final int NR_sched_setattr = 314;
    public static final int NR_sched_getattr = 315;
    public static final int NR_renameat2 = 316;
    public static final int NR_seccomp = 317;
    public static final int NR_getrandom = 318;
    public static final int NR_memfd_create = 319;
    public static final int NR_kexec_file_load = 320;
    public static final int NR_bpf = 321;
    public static final int NR_execveat = 322;
    public static final int NR_userfaultfd = 323;
    public static final int NR_membarrier = 324;
    public static final int NR_mlock2 = 325;
    public static final int NR_copy_file_range = 326;
    public static final int NR_preadv2 = 327;
    public static final int NR_pwritev2 = 328;
    public static final int NR_pkey_mprotect = 329;
    public static final int NR_pkey_alloc = 330;
    public static final int NR_pkey_free = 331;
    public static final int NR_statx = 332;
    public static final int NR_io_pgetevents = 333;
    public static final int NR_rseq = 334;
    public static final int NR_pidfd_send_signal = 424;
    public static final int NR_io_uring_setup = 425;
    public static final int NR_io_uring_enter = 426;
    public static final int NR_io_uring_register = 427;
    public static final int NR_open_tree = 428;
    public static final int NR_move_mount = 429;
    public static final int NR_fsopen = 430;
    public static final int NR_fsconfig = 431;
    public static final int NR_fsmount = 432;
    public static final int NR_fspick = 433;
    public static final int NR_pidfd_open = 434;
    public static final int NR_clone3 = 435;
    public static final int NR_close_range = 436;
    public static final int NR_openat2 = 437;
    public static final int NR_pidfd_getfd = 438;
    public static final int NR_faccessat2 = 439;
    public static final int NR_process_madvise = 440;
    public static final int NR_epoll_pwait2 = 441;
    public static final int NR_mount_setattr = 442;
    public static final int NR_quotactl_fd = 443;
    public static final int NR_landlock_create_ruleset = 444;
    public static final int NR_landlock_add_rule = 445;
    public static final int NR_landlock_restrict_self = 446;
    public static final int NR_memfd_secret = 447;
    public static final int NR_process_mrelease = 448;
    public static final int NR_futex_waitv = 449;
    public static final int NR_set_mempolicy_home_node = 450;
    public static final int NR_cachestat = 451;
    public static final int NR_fchmodat2 = 452;
    public static final int NR_map_shadow_stack = 453;
    public static final int NR_futex_wake = 454;
    public static final int NR_futex_wait = 455;
    public static final int NR_futex_requeue = 456;
    public static final int NR_statmount = 457;
    public static final int NR_listmount = 458;
    public static final int NR_lsm_get_self_attr = 459;
    public static final int NR_lsm_set_self_attr = 460;
    public static final int NR_lsm_list_modules = 461;
    public static final int NR_mseal = 462;
    public static final int NR_setxattrat = 463;
    public static final int NR_getxattrat = 464;
    public static final int NR_listxattrat = 465;
    public static final int NR_removexattrat = 466;
    public static final int NR_open_tree_attr = 467;
    public static final int NR_file_getattr = 468;
    public static final int NR_file_setattr = 469;

    /// One more than the highest number.
    public static final int COUNT = 470;

    private static final @Nullable String[] NAMES = new @Nullable String[COUNT];

    static {
        String[] low = {
            "read",
            "write",
            "open",
            "close",
            "stat",
            "fstat",
            "lstat",
            "poll",
            "lseek",
            "mmap",
            "mprotect",
            "munmap",
            "brk",
            "rt_sigaction",
            "rt_sigprocmask",
            "rt_sigreturn",
            "ioctl",
            "pread64",
            "pwrite64",
            "readv",
            "writev",
            "access",
            "pipe",
            "select",
            "sched_yield",
            "mremap",
            "msync",
            "mincore",
            "madvise",
            "shmget",
            "shmat",
            "shmctl",
            "dup",
            "dup2",
            "pause",
            "nanosleep",
            "getitimer",
            "alarm",
            "setitimer",
            "getpid",
            "sendfile",
            "socket",
            "connect",
            "accept",
            "sendto",
            "recvfrom",
            "sendmsg",
            "recvmsg",
            "shutdown",
            "bind",
            "listen",
            "getsockname",
            "getpeername",
            "socketpair",
            "setsockopt",
            "getsockopt",
            "clone",
            "fork",
            "vfork",
            "execve",
            "exit",
            "wait4",
            "kill",
            "uname",
            "semget",
            "semop",
            "semctl",
            "shmdt",
            "msgget",
            "msgsnd",
            "msgrcv",
            "msgctl",
            "fcntl",
            "flock",
            "fsync",
            "fdatasync",
            "truncate",
            "ftruncate",
            "getdents",
            "getcwd",
            "chdir",
            "fchdir",
            "rename",
            "mkdir",
            "rmdir",
            "creat",
            "link",
            "unlink",
            "symlink",
            "readlink",
            "chmod",
            "fchmod",
            "chown",
            "fchown",
            "lchown",
            "umask",
            "gettimeofday",
            "getrlimit",
            "getrusage",
            "sysinfo",
            "times",
            "ptrace",
            "getuid",
            "syslog",
            "getgid",
            "setuid",
            "setgid",
            "geteuid",
            "getegid",
            "setpgid",
            "getppid",
            "getpgrp",
            "setsid",
            "setreuid",
            "setregid",
            "getgroups",
            "setgroups",
            "setresuid",
            "getresuid",
            "setresgid",
            "getresgid",
            "getpgid",
            "setfsuid",
            "setfsgid",
            "getsid",
            "capget",
            "capset",
            "rt_sigpending",
            "rt_sigtimedwait",
            "rt_sigqueueinfo",
            "rt_sigsuspend",
            "sigaltstack",
            "utime",
            "mknod",
            "uselib",
            "personality",
            "ustat",
            "statfs",
            "fstatfs",
            "sysfs",
            "getpriority",
            "setpriority",
            "sched_setparam",
            "sched_getparam",
            "sched_setscheduler",
            "sched_getscheduler",
            "sched_get_priority_max",
            "sched_get_priority_min",
            "sched_rr_get_interval",
            "mlock",
            "munlock",
            "mlockall",
            "munlockall",
            "vhangup",
            "modify_ldt",
            "pivot_root",
            "_sysctl",
            "prctl",
            "arch_prctl",
            "adjtimex",
            "setrlimit",
            "chroot",
            "sync",
            "acct",
            "settimeofday",
            "mount",
            "umount2",
            "swapon",
            "swapoff",
            "reboot",
            "sethostname",
            "setdomainname",
            "iopl",
            "ioperm",
            "create_module",
            "init_module",
            "delete_module",
            "get_kernel_syms",
            "query_module",
            "quotactl",
            "nfsservctl",
            "getpmsg",
            "putpmsg",
            "afs_syscall",
            "tuxcall",
            "security",
            "gettid",
            "readahead",
            "setxattr",
            "lsetxattr",
            "fsetxattr",
            "getxattr",
            "lgetxattr",
            "fgetxattr",
            "listxattr",
            "llistxattr",
            "flistxattr",
            "removexattr",
            "lremovexattr",
            "fremovexattr",
            "tkill",
            "time",
            "futex",
            "sched_setaffinity",
            "sched_getaffinity",
            "set_thread_area",
            "io_setup",
            "io_destroy",
            "io_getevents",
            "io_submit",
            "io_cancel",
            "get_thread_area",
            "lookup_dcookie",
            "epoll_create",
            "epoll_ctl_old",
            "epoll_wait_old",
            "remap_file_pages",
            "getdents64",
            "set_tid_address",
            "restart_syscall",
            "semtimedop",
            "fadvise64",
            "timer_create",
            "timer_settime",
            "timer_gettime",
            "timer_getoverrun",
            "timer_delete",
            "clock_settime",
            "clock_gettime",
            "clock_getres",
            "clock_nanosleep",
            "exit_group",
            "epoll_wait",
            "epoll_ctl",
            "tgkill",
            "utimes",
            "vserver",
            "mbind",
            "set_mempolicy",
            "get_mempolicy",
            "mq_open",
            "mq_unlink",
            "mq_timedsend",
            "mq_timedreceive",
            "mq_notify",
            "mq_getsetattr",
            "kexec_load",
            "waitid",
            "add_key",
            "request_key",
            "keyctl",
            "ioprio_set",
            "ioprio_get",
            "inotify_init",
            "inotify_add_watch",
            "inotify_rm_watch",
            "migrate_pages",
            "openat",
            "mkdirat",
            "mknodat",
            "fchownat",
            "futimesat",
            "newfstatat",
            "unlinkat",
            "renameat",
            "linkat",
            "symlinkat",
            "readlinkat",
            "fchmodat",
            "faccessat",
            "pselect6",
            "ppoll",
            "unshare",
            "set_robust_list",
            "get_robust_list",
            "splice",
            "tee",
            "sync_file_range",
            "vmsplice",
            "move_pages",
            "utimensat",
            "epoll_pwait",
            "signalfd",
            "timerfd_create",
            "eventfd",
            "fallocate",
            "timerfd_settime",
            "timerfd_gettime",
            "accept4",
            "signalfd4",
            "eventfd2",
            "epoll_create1",
            "dup3",
            "pipe2",
            "inotify_init1",
            "preadv",
            "pwritev",
            "rt_tgsigqueueinfo",
            "perf_event_open",
            "recvmmsg",
            "fanotify_init",
            "fanotify_mark",
            "prlimit64",
            "name_to_handle_at",
            "open_by_handle_at",
            "clock_adjtime",
            "syncfs",
            "sendmmsg",
            "setns",
            "getcpu",
            "process_vm_readv",
            "process_vm_writev",
            "kcmp",
            "finit_module",
            "sched_setattr",
            "sched_getattr",
            "renameat2",
            "seccomp",
            "getrandom",
            "memfd_create",
            "kexec_file_load",
            "bpf",
            "execveat",
            "userfaultfd",
            "membarrier",
            "mlock2",
            "copy_file_range",
            "preadv2",
            "pwritev2",
            "pkey_mprotect",
            "pkey_alloc",
            "pkey_free",
            "statx",
            "io_pgetevents",
            "rseq",
        };
        System.arraycopy(low, 0, NAMES, 0, low.length);
        String[] high = {
            "pidfd_send_signal",
            "io_uring_setup",
            "io_uring_enter",
            "io_uring_register",
            "open_tree",
            "move_mount",
            "fsopen",
            "fsconfig",
            "fsmount",
            "fspick",
            "pidfd_open",
            "clone3",
            "close_range",
            "openat2",
            "pidfd_getfd",
            "faccessat2",
            "process_madvise",
            "epoll_pwait2",
            "mount_setattr",
            "quotactl_fd",
            "landlock_create_ruleset",
            "landlock_add_rule",
            "landlock_restrict_self",
            "memfd_secret",
            "process_mrelease",
            "futex_waitv",
            "set_mempolicy_home_node",
            "cachestat",
            "fchmodat2",
            "map_shadow_stack",
            "futex_wake",
            "futex_wait",
            "futex_requeue",
            "statmount",
            "listmount",
            "lsm_get_self_attr",
            "lsm_set_self_attr",
            "lsm_list_modules",
            "mseal",
            "setxattrat",
            "getxattrat",
            "listxattrat",
            "removexattrat",
            "open_tree_attr",
            "file_getattr",
            "file_setattr",
        };
        System.arraycopy(high, 0, NAMES, 424, high.length);
    }

    private SyscallNumber() {}

    /// The name of a call, or `syscall_N` where Linux has none.
    public static String name(long number) {
        String name = number >= 0 && number < COUNT ? NAMES[(int) number] : null;
        return name != null ? name : "syscall_" + number;
    }
}
