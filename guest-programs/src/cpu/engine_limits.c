/* What does the engine leave out that a processor does? A change in this output is a limit gone, or a new one. */
#include "fault.h"

#include <xmmintrin.h>

static volatile double zero = 0.0, one = 1.0, huge = 1e308, three = 3.0, sink;

static void sse_divide(void) { sink = one / zero; }
static void sse_invalid(void) { sink = zero / zero; }
static void sse_overflow(void) { sink = huge * huge; }
static void sse_inexact(void) { sink = one / three; }
static void x87_invalid(void)
{
    volatile long double zeroes = 0.0L;
    unsigned short control = 0x37e, standard = 0x37f;
    __asm__ volatile("fnclex; fldcw %0" ::"m"(control));
    zeroes = zeroes / zeroes;
    __asm__ volatile("fwait; fnclex; fldcw %0" ::"m"(standard));
}

static void misaligned_sse(void) { __asm__ volatile("movaps 1(%%rsp), %%xmm0" ::: "xmm0"); }

/* Unmasks the exceptions given and tells whether one came; the processor raises #XM, or #GP for the misaligned access. */
static void attempt(const char *label, unsigned unmasked, void (*trap)(void))
{
    if (sigsetjmp(fault_return, 1) == 0) {
        _mm_setcsr(0x1f80 & ~unmasked);
        trap();
        unsigned flags = _mm_getcsr() & 0x3f;
        _mm_setcsr(0x1f80);
        say("%s: no trap, sticky flags %02x\n", label, flags);
    } else {
        _mm_setcsr(0x1f80);
        say("%s: %s %s\n", label, signal_name(fault_signo), code_name(fault_signo, fault_code));
    }
}

int main(void)
{
    catch_faults();
    attempt("sse divide by zero", 0x200, sse_divide);
    attempt("sse invalid", 0x80, sse_invalid);
    attempt("sse overflow", 0x400, sse_overflow);
    attempt("sse inexact", 0x1000, sse_inexact);
    attempt("x87 0/0", 0, x87_invalid);
    attempt("movaps misaligned", 0, misaligned_sse);
    volatile float small = 1e-38f, ten = 10.0f;
    _mm_setcsr(0x9f80);
    volatile float flushed = small / ten;
    _mm_setcsr(0x1f80);
    say("flush to zero: %s\n", flushed == 0 ? "flushed" : "kept");
    return 0;
}
