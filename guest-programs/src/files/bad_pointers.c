/* Is every bad user pointer answered with EFAULT? */
#include "guest.h"

#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/time.h>
#include <time.h>

int main(void)
{
    void *bad = nowhere();
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(write(fd, "x", 1));
    CHECK(pread(fd, bad, 1, 0));
    CHECK(pwrite(fd, bad, 1, 0));
    CHECK(syscall(SYS_open, bad, O_RDONLY));
    CHECK(syscall(SYS_stat, bad, bad));
    CHECK(syscall(SYS_stat, "file", bad));
    CHECK(syscall(SYS_fstat, fd, bad));
    CHECK(syscall(SYS_access, bad, 0));
    CHECK(syscall(SYS_pipe, bad));
    CHECK(syscall(SYS_pipe2, bad, 0));
    CHECK(syscall(SYS_getcwd, bad, 512));
    CHECK(syscall(SYS_chdir, bad));
    CHECK(syscall(SYS_rename, bad, "x"));
    CHECK(syscall(SYS_rename, "file", bad));
    CHECK(syscall(SYS_mkdir, bad, 0755));
    CHECK(syscall(SYS_unlink, bad));
    CHECK(syscall(SYS_readlink, "/proc/self/exe", bad, 10));
    CHECK(syscall(SYS_symlink, bad, "x"));
    CHECK(syscall(SYS_nanosleep, bad, NULL));
    CHECK(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, bad));
    CHECK(syscall(SYS_gettimeofday, bad, NULL));
    CHECK(syscall(SYS_getrlimit, RLIMIT_NOFILE, bad));
    CHECK(syscall(SYS_setrlimit, RLIMIT_NOFILE, bad));
    CHECK(syscall(SYS_times, bad));
    CHECK(syscall(SYS_sysinfo, bad));
    CHECK(syscall(SYS_poll, bad, 1, 0));
    CHECK(syscall(SYS_statfs, ".", bad));
    CHECK(syscall(SYS_wait4, -1, bad, 0, NULL));
    CHECK(syscall(SYS_setitimer, ITIMER_REAL, bad, NULL));
    CHECK(syscall(SYS_utimensat, AT_FDCWD, "file", bad, 0));
    CHECK(syscall(SYS_truncate, bad, 0));
    CHECK(syscall(SYS_readv, fd, bad, 1));
    unlink("file");
    return 0;
}
