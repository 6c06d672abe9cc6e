/*
 * How guest programs speak: one write(2) per line, so that lines keep the order of events across fork, vfork and signal
 * handlers and nothing waits in a stdio buffer. Results are printed as values and errno names, never as addresses,
 * process ids or times, so that two machines can be compared byte by byte.
 */
#ifndef GUEST_H
#define GUEST_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096UL

__attribute__((format(printf, 1, 2))) static inline void say(const char *format, ...)
{
    char line[2048];
    va_list arguments;
    int saved = errno;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof line)
        length = sizeof line - 1;
    for (int done = 0; done < length;) {
        ssize_t n = write(STDOUT_FILENO, line + done, length - done);
        if (n <= 0)
            _exit(99);
        done += n;
    }
    errno = saved;
}

static inline const char *errno_name(int error)
{
#define NAME(e) case e: return #e
    switch (error) {
    NAME(E2BIG); NAME(EACCES); NAME(EAGAIN); NAME(EBADF); NAME(EBUSY); NAME(ECHILD); NAME(EDEADLK); NAME(EDOM);
    NAME(EEXIST); NAME(EFAULT); NAME(EFBIG); NAME(EINTR); NAME(EINVAL); NAME(EIO); NAME(EISDIR); NAME(ELOOP);
    NAME(EMFILE); NAME(EMLINK); NAME(ENAMETOOLONG); NAME(ENFILE); NAME(ENODATA); NAME(ENODEV); NAME(ENOENT);
    NAME(ENOEXEC); NAME(ENOMEM); NAME(ENOSPC); NAME(ENOSYS); NAME(ENOTBLK); NAME(ENOTDIR); NAME(ENOTEMPTY);
    NAME(ENOTTY); NAME(ENXIO); NAME(EOPNOTSUPP); NAME(EOVERFLOW); NAME(EPERM); NAME(EPIPE); NAME(ERANGE); NAME(EROFS);
    NAME(ESPIPE); NAME(ESRCH); NAME(ETIMEDOUT); NAME(ETXTBSY); NAME(EXDEV); NAME(ELIBBAD); NAME(EUSERS);
    }
#undef NAME
    return "E?";
}

static inline const char *signal_name(int signo)
{
#define NAME(s) case s: return #s
    switch (signo) {
    NAME(SIGHUP); NAME(SIGINT); NAME(SIGQUIT); NAME(SIGILL); NAME(SIGTRAP); NAME(SIGABRT); NAME(SIGBUS); NAME(SIGFPE);
    NAME(SIGKILL); NAME(SIGUSR1); NAME(SIGSEGV); NAME(SIGUSR2); NAME(SIGPIPE); NAME(SIGALRM); NAME(SIGTERM);
    NAME(SIGSTKFLT); NAME(SIGCHLD); NAME(SIGCONT); NAME(SIGSTOP); NAME(SIGTSTP); NAME(SIGTTIN); NAME(SIGTTOU);
    NAME(SIGURG); NAME(SIGXCPU); NAME(SIGXFSZ); NAME(SIGVTALRM); NAME(SIGPROF); NAME(SIGWINCH); NAME(SIGIO);
    NAME(SIGPWR); NAME(SIGSYS);
    }
#undef NAME
    return signo == 0 ? "none" : "SIGRT";
}

static inline long check(const char *call, long result)
{
    if (result == -1)
        say("%s = -1 %s\n", call, errno_name(errno));
    else
        say("%s = %ld\n", call, result);
    return result;
}

static inline long check_ok(const char *call, long result)
{
    if (result == -1)
        say("%s = -1 %s\n", call, errno_name(errno));
    else
        say("%s = ok\n", call);
    return result;
}

static inline char *check_map(const char *call, void *result)
{
    return (char *)check_ok(call, (long)result);
}

/* Prints the call as written in the source and its result; CHECK_OK where the result differs from run to run. */
#define CHECK(call) check(#call, (long)(call))
#define CHECK_OK(call) check_ok(#call, (long)(call))
#define CHECK_MAP(call) check_map(#call, call)

/* For steps that are not the question: the program ends with status 98 and a line that names the step. */
#define MUST(call)                                                                                                     \
    __extension__({                                                                                                    \
        __typeof__(call) must_result = (call);                                                                         \
        if ((long)must_result == -1) {                                                                                 \
            say("step failed: %s: %s\n", #call, errno_name(errno));                                                    \
            _exit(98);                                                                                                 \
        }                                                                                                              \
        must_result;                                                                                                   \
    })

static inline void say_status(const char *who, int status)
{
    if (WIFEXITED(status))
        say("%s: exit %d\n", who, WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        say("%s: killed by %s\n", who, signal_name(WTERMSIG(status)));
    else if (WIFSTOPPED(status))
        say("%s: stopped by %s\n", who, signal_name(WSTOPSIG(status)));
    else if (WIFCONTINUED(status))
        say("%s: continued\n", who);
    else
        say("%s: status 0x%x\n", who, status);
}

/* Waits for one child and prints how it ended. */
static inline int say_wait(const char *who, pid_t pid)
{
    int status;
    MUST(waitpid(pid, &status, 0));
    say_status(who, status);
    return status;
}

/* Runs body in a forked child that exits 0 when body returns, waits, and prints how it ended. */
static inline int in_child(const char *who, void (*body)(void))
{
    pid_t pid = MUST(fork());
    if (pid == 0) {
        body();
        _exit(0);
    }
    return say_wait(who, pid);
}

/* An address that is never mapped, hidden from the compiler, which would warn about it. */
static inline void *nowhere(void)
{
    void *volatile address = (void *)8;
    return address;
}

/* Closes what a careless starter left open, so that descriptor numbers are known. */
static inline void only_standard_descriptors(void)
{
    for (int fd = 3; fd < 256; fd++)
        close(fd);
}

static inline void sleep_ms(long milliseconds)
{
    struct timespec {
        long seconds, nanoseconds;
    } pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    syscall(SYS_nanosleep, &pause, NULL);
}

#endif
