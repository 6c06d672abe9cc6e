/* Can a handler repair the program through its ucontext: skip an instruction, set a register, change flags? */
#include "fault.h"

#include <ucontext.h>

static int skip_bytes;

static void on_fault(int signo, siginfo_t *info, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    (void)info;
    say("%s trap %d error 0x%x\n", signal_name(signo), (int)registers[REG_TRAPNO], (int)registers[REG_ERR]);
    registers[REG_RIP] += skip_bytes;
    registers[REG_RAX] = 0x1234567890;
    registers[REG_EFL] ^= 1; /* carry */
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
    MUST(sigaction(SIGSEGV, &action, NULL));
    MUST(sigaction(SIGILL, &action, NULL));
    MUST(sigaction(SIGFPE, &action, NULL));
    MUST(sigaction(SIGTRAP, &action, NULL));
    uint64_t result;
    uint8_t carry;
    skip_bytes = 2; /* mov (%rdi), %eax */
    __asm__ volatile("clc; mov (%%rdi), %%eax; setc %1" : "=a"(result), "=r"(carry) : "D"(nowhere()));
    say("load skipped: rax %lx carry %d\n", result, carry);
    skip_bytes = 3; /* mov %rax, (%rdi) */
    __asm__ volatile("stc; mov %%rax, (%%rdi); setc %1" : "=a"(result), "=r"(carry) : "D"(nowhere()) : "memory");
    say("store skipped: rax %lx carry %d\n", result, carry);
    skip_bytes = 2; /* ud2 */
    __asm__ volatile("clc; ud2; setc %1" : "=a"(result), "=r"(carry));
    say("ud2 skipped: rax %lx carry %d\n", result, carry);
    skip_bytes = 2; /* div %ecx */
    __asm__ volatile("xor %%edx, %%edx; clc; div %%ecx; setc %1" : "=a"(result), "=r"(carry) : "c"(0) : "edx");
    say("div skipped: rax %lx carry %d\n", result, carry);
    skip_bytes = 0; /* int3 reports the address after itself */
    __asm__ volatile("clc; int3; setc %1" : "=a"(result), "=r"(carry));
    say("int3 passed: rax %lx carry %d\n", result, carry);
    return 0;
}
