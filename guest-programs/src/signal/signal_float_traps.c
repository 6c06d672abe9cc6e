/* Which si_code do unmasked x87 exceptions give? (SSE ones and 0/0: engine_limits.c) */
#include "fault.h"

#include <fenv.h>

static volatile long double long_zero = 0.0L, long_one = 1.0L, long_sink;

static void x87_divide(void)
{
    long_sink = long_one / long_zero;
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
    attempt("x87 divide by zero", FE_DIVBYZERO, x87_divide);
    return 0;
}
