/*
 * Does memory system calls and accesses on the native kernel as a test asks for, and tells what came of them.
 *
 * stdin:  records of eight 64-bit words: operation and arguments.
 * stdout: per record the result (or -errno, or signal), minor faults it took, and the areas of the window.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define WINDOW_START 0x100000000UL
#define WINDOW_END 0x100100000UL
#define FILE_BYTES (24 * 4096)

static int files[2];
static sigjmp_buf back;
static volatile int signo, code;
static pid_t waiting[16];
static int waiters;

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)context;
    signo = number;
    code = info->si_code;
    siglongjmp(back, 1);
}

static long minor_faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

static void read_fully(void *buffer, size_t length)
{
    char *at = buffer;
    while (length > 0) {
        ssize_t got = read(0, at, length);
        if (got <= 0)
            _exit(0);
        at += got;
        length -= got;
    }
}

/* Reads without stdio: the heap must not change while areas are looked at. */
static void print_areas(char *out, size_t *used)
{
    static char text[1 << 20];
    int fd = open("/proc/self/maps", O_RDONLY);
    size_t length = 0;
    ssize_t got;
    while ((got = read(fd, text + length, sizeof text - 1 - length)) > 0)
        length += got;
    close(fd);
    text[length] = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        unsigned long start, end, offset;
        char rights[8];
        if (sscanf(line, "%lx-%lx %7s %lx", &start, &end, rights, &offset) != 4)
            continue;
        if (start < WINDOW_START || start >= WINDOW_END)
            continue;
        *used += sprintf(out + *used, " %lx-%lx:%s:%lx", (start - WINDOW_START) >> 12, (end - WINDOW_START) >> 12, rights, offset >> 12);
    }
}

static char own_stack[65536];

int main(void)
{
    static char out[1 << 20];
    static unsigned char vector[4096];
    stack_t stack = {.ss_sp = own_stack, .ss_size = sizeof own_stack};
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    sigaltstack(&stack, NULL);
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
    for (int i = 0; i < 2; i++) {
        files[i] = memfd_create("oracle", 0);
        if (ftruncate(files[i], FILE_BYTES) != 0)
            return 1;
    }
    for (;;) {
        int64_t r[8];
        volatile long result = 0;
        read_fully(r, sizeof r);
        /* Own pages that a fork write-protected must not be counted. */
        errno = 0;
        vector[0] = 0;
        signo = 0;
        (void)sigsetjmp(back, 0);
        minor_faults();
        long before = minor_faults();
        switch (r[0]) {
        case 'm': result = syscall(SYS_mmap, r[1], r[2], r[3], r[4], r[5] < 0 ? -1 : files[r[5]], r[6]); break;
        case 'u': result = syscall(SYS_munmap, r[1], r[2]); break;
        case 'p': result = syscall(SYS_mprotect, r[1], r[2], r[3]); break;
        case 'r': result = syscall(SYS_mremap, r[1], r[2], r[3], r[4], r[5]); break;
        case 'a': result = syscall(SYS_madvise, r[1], r[2], r[3]); break;
        case 'l': result = syscall(SYS_mlock2, r[1], r[2], r[3]); break;
        case 'L': result = syscall(SYS_munlock, r[1], r[2]); break;
        case 's': result = syscall(SYS_msync, r[1], r[2], r[3]); break;
        case 't': result = ftruncate(files[r[1]], r[2]); break;
        case 'h': result = fallocate(files[r[1]], FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, r[2], r[3]); break;
        case 'c':
            result = syscall(SYS_mincore, r[1], r[2], vector);
            if (result == 0)
                for (int i = 0; i < (r[2] + 4095) / 4096 && i < 60; i++)
                    result |= (long)(vector[i] & 1) << i;
            break;
        case 'w':
        case 'g':
            if (sigsetjmp(back, 0) == 0) {
                if (r[0] == 'w')
                    *(volatile int *)r[1] = (int)r[2];
                else
                    result = *(volatile int *)r[1];
            } else {
                result = -1000 * signo - code;
            }
            errno = 0;
            break;
        case 'f': { /* the child goes on, the parent waits for its end */
            pid_t pid = fork();
            if (pid != 0) {
                int status;
                waitpid(pid, &status, 0);
            } else {
                waiters = 0;
            }
            break;
        }
        case 'x': _exit(0);
        case 'F': { /* the parent goes on, the child only holds its memory */
            pid_t pid = fork();
            if (pid == 0)
                for (;;)
                    pause();
            waiting[waiters++] = pid;
            break;
        }
        case 'X': {
            int status;
            pid_t pid = waiting[--waiters];
            kill(pid, SIGKILL);
            waitpid(pid, &status, 0);
            break;
        }
        case 'q': _exit(0);
        }
        if (result == -1 && errno != 0)
            result = -errno;
        long faults = minor_faults() - before;
        size_t used = sprintf(out, "%ld %ld", (long)result, faults);
        print_areas(out, &used);
        out[used++] = '\n';
        if (write(1, out, used) != (ssize_t)used)
            return 1;
    }
}
