/* Makes one access and reports what it met: nothing, or the signal with its code and its address relative to a base. */
#ifndef FAULT_H
#define FAULT_H

#include "guest.h"

#include <setjmp.h>

enum access_kind { READ, WRITE, CALL };

static sigjmp_buf fault_return;
static volatile int fault_signo, fault_code;
static volatile uintptr_t fault_address;

static inline void note_fault(int signo, siginfo_t *info, void *context)
{
    (void)context;
    fault_signo = signo;
    fault_code = info->si_code;
    fault_address = (uintptr_t)info->si_addr;
    siglongjmp(fault_return, 1);
}

static inline const char *code_name(int signo, int code)
{
#define NAME(n, c) if (code == c) return n
    NAME("SI_KERNEL", SI_KERNEL);
    NAME("SI_USER", SI_USER);
    NAME("SI_TKILL", SI_TKILL);
    NAME("SI_QUEUE", SI_QUEUE);
    if (signo == SIGSEGV) {
        NAME("SEGV_MAPERR", SEGV_MAPERR);
        NAME("SEGV_ACCERR", SEGV_ACCERR);
    } else if (signo == SIGBUS) {
        NAME("BUS_ADRALN", BUS_ADRALN);
        NAME("BUS_ADRERR", BUS_ADRERR);
    } else if (signo == SIGFPE) {
        NAME("FPE_INTDIV", FPE_INTDIV);
        NAME("FPE_INTOVF", FPE_INTOVF);
        NAME("FPE_FLTDIV", FPE_FLTDIV);
        NAME("FPE_FLTOVF", FPE_FLTOVF);
        NAME("FPE_FLTINV", FPE_FLTINV);
        NAME("FPE_FLTRES", FPE_FLTRES);
    } else if (signo == SIGILL) {
        NAME("ILL_ILLOPC", ILL_ILLOPC);
        NAME("ILL_ILLOPN", ILL_ILLOPN);
        NAME("ILL_PRVOPC", ILL_PRVOPC);
    } else if (signo == SIGTRAP) {
        NAME("TRAP_BRKPT", TRAP_BRKPT);
        NAME("TRAP_TRACE", TRAP_TRACE);
    } else if (signo == SIGCHLD) {
        NAME("CLD_EXITED", CLD_EXITED);
        NAME("CLD_KILLED", CLD_KILLED);
        NAME("CLD_DUMPED", CLD_DUMPED);
        NAME("CLD_STOPPED", CLD_STOPPED);
        NAME("CLD_CONTINUED", CLD_CONTINUED);
    }
#undef NAME
    return "code?";
}

static inline void catch_faults(void)
{
    struct sigaction action = {.sa_sigaction = note_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        MUST(sigaction(signals[i], &action, NULL));
}

/* The address, as base+offset or base-offset. */
static inline void say_fault(const char *label, const volatile void *base)
{
    long offset = (long)(fault_address - (uintptr_t)base);
    say("%s: %s %s at base%c0x%lx\n", label, signal_name(fault_signo), code_name(fault_signo, fault_code),
        offset < 0 ? '-' : '+', offset < 0 ? -(unsigned long)offset : (unsigned long)offset);
}

/* Returns the signal the access met, 0 for none. catch_faults() comes first. */
static inline int try_access(enum access_kind kind, const volatile void *address)
{
    if (sigsetjmp(fault_return, 1) != 0)
        return fault_signo;
    if (kind == READ)
        (void)*(const volatile char *)address;
    else if (kind == WRITE)
        *(volatile char *)(uintptr_t)address = 1;
    else
        ((void (*)(void))(uintptr_t)address)();
    return 0;
}

static inline void probe(const char *label, enum access_kind kind, const volatile void *address, const volatile void *base)
{
    if (try_access(kind, address) == 0)
        say("%s: ok\n", label);
    else
        say_fault(label, base);
}

#endif
