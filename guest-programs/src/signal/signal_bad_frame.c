/* What happens when the handler's frame cannot be written, or sigreturn finds rubbish? */
#include "guest.h"

static void on_signal(int signo) { (void)signo; }

static void no_stack(void)
{
    signal(SIGUSR1, on_signal);
    pid_t self = getpid();
    __asm__ volatile("mov $16, %%rsp; syscall" ::"a"(SYS_kill), "D"(self), "S"(SIGUSR1) : "rcx", "r11", "memory");
    _exit(1);
}

static void rubbish(void)
{
    __asm__ volatile("mov $4096, %%rsp; mov $15, %%eax; syscall" ::: "rax", "rcx", "r11", "memory");
    _exit(1);
}

static void bad_handler(void)
{
    signal(SIGUSR1, (void (*)(int))nowhere());
    raise(SIGUSR1);
    _exit(1);
}

int main(void)
{
    in_child("no stack for the frame", no_stack);
    in_child("sigreturn without a frame", rubbish);
    in_child("handler at a bad address", bad_handler);
    return 0;
}
