/* Which si_code do unmasked SSE and x87 exceptions give? */
#include "fault.h"

#include <fenv.h>

static volatile double zero = 0.0, one = 1.0, huge = 1e308, sink;
static volatile long double long_zero = 0.0L, long_one = 1.0L, long_sink;

static void sse_divide(void) { sink = one / zero; }
static void sse_invalid(void) { sink = zero / zero; }
static void sse_overflow(void) { sink = huge * huge; }
static void sse_inexact(void) { sink = one / 3.0; }

static void x87_divide(void)
{
    long_sink = long_one / long_zero;
    __asm__ volatile("fwait");
}

static void x87_invalid(void)
{
    long_sink = long_zero / long_zero;
    __asm__ volatile("fwait");
}

static void attempt(const char *label, int exception, void (*trap)(void))
{
    feclearexcept(FE_ALL_EXCEPT);
    if (sigsetjmp(fault_return, 1) == 0) {
        feenableexcept(exception);
        trap();
        fedisableexcept(FE_ALL_EXCEPT);
        say("%s: no trap\n", label);
    } else {
        feclearexcept(FE_ALL_EXCEPT);
        fedisableexcept(FE_ALL_EXCEPT);
        say("%s: %s %s\n", label, signal_name(fault_signo), code_name(fault_signo, fault_code));
    }
}

int main(void)
{
    catch_faults();
    attempt("sse divide by zero", FE_DIVBYZERO, sse_divide);
    attempt("sse invalid", FE_INVALID, sse_invalid);
    attempt("sse overflow", FE_OVERFLOW, sse_overflow);
    attempt("sse inexact", FE_INEXACT, sse_inexact);
    attempt("x87 divide by zero", FE_DIVBYZERO, x87_divide);
    attempt("x87 invalid", FE_INVALID, x87_invalid);
    return 0;
}
