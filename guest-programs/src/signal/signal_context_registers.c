/* Does the ucontext show every register of the interrupted program, and do changes to them come back? */
#include "guest.h"

#include <ucontext.h>

static uint64_t seen[8], stack_distance;

static void on_trap(int signo, siginfo_t *info, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const int numbers[8] = {REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};
    (void)signo;
    (void)info;
    for (int i = 0; i < 8; i++) {
        seen[i] = registers[numbers[i]];
        registers[numbers[i]] *= 3;
    }
    stack_distance = registers[REG_RSP] - (uint64_t)__builtin_frame_address(0);
    seen[0] += registers[REG_CSGSFS] & 0xffff; /* cs 0x33 */
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};
    MUST(sigaction(SIGTRAP, &action, NULL));
    uint64_t after[8];
    __asm__ volatile("mov $0x100, %%r8; mov $0x101, %%r9; mov $0x102, %%r10; mov $0x103, %%r11\n"
                     "mov $0x104, %%r12; mov $0x105, %%r13; mov $0x106, %%r14; mov $0x107, %%r15\n"
                     "int3\n"
                     "mov %%r8, (%0); mov %%r9, 8(%0); mov %%r10, 16(%0); mov %%r11, 24(%0)\n"
                     "mov %%r12, 32(%0); mov %%r13, 40(%0); mov %%r14, 48(%0); mov %%r15, 56(%0)\n" ::"a"(after)
                     : "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "memory");
    for (int i = 0; i < 8; i++)
        say("r%d: in the handler %lx, afterwards %lx\n", i + 8, seen[i], after[i]);
    say("the frame leaves the red zone of 128 bytes alone: %d\n", stack_distance > 128);
    return 0;
}
