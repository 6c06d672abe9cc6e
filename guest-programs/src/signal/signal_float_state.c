/* Are SSE and x87 registers saved across a handler that spoils them, visible in its ucontext, and changeable there? */
#include "guest.h"

#include <emmintrin.h>
#include <ucontext.h>

static uint32_t seen_xmm, seen_mxcsr, seen_status, seen_control;

static void on_trap(int signo, siginfo_t *info, void *context)
{
    struct _libc_fpstate *state = ((ucontext_t *)context)->uc_mcontext.fpregs;
    (void)signo;
    (void)info;
    seen_xmm = state->_xmm[5].element[2];
    seen_mxcsr = state->mxcsr;
    seen_control = state->cwd;
    seen_status = state->swd >> 11 & 7; /* top of the x87 stack */
    state->_xmm[6].element[0] = 0xabcdef01;
    uint32_t mxcsr;
    __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
    say("inside the handler: mxcsr %x\n", mxcsr & ~0x3fU);
    __asm__ volatile("pcmpeqd %%xmm5, %%xmm5; pcmpeqd %%xmm6, %%xmm6; pcmpeqd %%xmm15, %%xmm15; fninit; fldz" ::
                         : "xmm5", "xmm6", "xmm15");
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};
    MUST(sigaction(SIGTRAP, &action, NULL));
    uint32_t in[4] __attribute__((aligned(16))) = {0x11, 0x22, 0x33, 0x44}, five[4], six[4], fifteen[4];
    uint32_t rounding_up = 0x5f80, usual = 0x1f80, after;
    uint64_t x87 = 0;
    __asm__ volatile("ldmxcsr %[up]; fninit; fld1; fldpi\n"
                     "movdqu %[in], %%xmm5; movdqa %%xmm5, %%xmm6; movdqa %%xmm5, %%xmm15\n"
                     "int3\n"
                     "movdqu %%xmm5, %[five]; movdqu %%xmm6, %[six]; movdqu %%xmm15, %[fifteen]\n"
                     "fstp %%st(0); fistpll %[x87]; stmxcsr %[after]; ldmxcsr %[usual]"
                     : [five] "=m"(five), [six] "=m"(six), [fifteen] "=m"(fifteen), [x87] "=m"(x87), [after] "=m"(after)
                     : [in] "m"(in), [up] "m"(rounding_up), [usual] "m"(usual)
                     : "xmm5", "xmm6", "xmm15");
    say("seen: xmm5[2] %x mxcsr %x control %x top %u\n", seen_xmm, seen_mxcsr, seen_control, seen_status);
    say("xmm5 %x %x %x %x\n", five[0], five[1], five[2], five[3]);
    say("xmm6 %x %x %x %x\n", six[0], six[1], six[2], six[3]);
    say("xmm15 %x %x %x %x\n", fifteen[0], fifteen[1], fifteen[2], fifteen[3]);
    say("x87 %lu mxcsr %x\n", x87, after);
    return 0;
}
