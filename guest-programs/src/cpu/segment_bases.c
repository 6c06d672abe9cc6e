/* Do arch_prctl's FS and GS bases steer accesses, survive fork and signals, and refuse kernel addresses? */
#include "guest.h"

#include <asm/prctl.h>

static uint64_t cells[4] = {11, 22, 33, 44};

static uint64_t through_gs(int index)
{
    uint64_t value;
    __asm__ volatile("mov %%gs:(%1), %0" : "=r"(value) : "r"(index * 8UL));
    return value;
}

static void on_signal(int signo)
{
    (void)signo;
    say("in a handler %lu\n", through_gs(2));
}

int main(void)
{
    uint64_t base = 1;
    CHECK(syscall(SYS_arch_prctl, ARCH_GET_GS, &base));
    say("at start %lu\n", base);
    CHECK(syscall(SYS_arch_prctl, ARCH_SET_GS, cells));
    say("%lu %lu\n", through_gs(0), through_gs(3));
    CHECK(syscall(SYS_arch_prctl, ARCH_GET_GS, &base));
    say("read back %d\n", base == (uint64_t)cells);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        cells[1] = 222;
        say("child %lu\n", through_gs(1));
        _exit(0);
    }
    say_wait("child", pid);
    say("parent %lu\n", through_gs(1));
    signal(SIGUSR1, on_signal);
    raise(SIGUSR1);
    CHECK(syscall(SYS_arch_prctl, ARCH_GET_FS, &base));
    uint64_t self;
    __asm__("mov %%fs:0, %0" : "=r"(self));
    say("FS points to the thread's block, which points to itself %d\n", base == self);
    CHECK(syscall(SYS_arch_prctl, ARCH_SET_GS, 1UL << 63));
    CHECK(syscall(SYS_arch_prctl, ARCH_GET_GS, nowhere()));
    CHECK(syscall(SYS_arch_prctl, 0x9999, 0));
    return 0;
}
