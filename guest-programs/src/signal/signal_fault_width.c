/* Which address does a fault name when an access of 8 or 16 bytes, or a string operation, crosses into a bad page? */
#include "fault.h"

#include <emmintrin.h>
#include <sys/mman.h>

static char *border; /* first byte of the page without rights */

static void load_8(void) { (void)*(volatile uint64_t *)(border - 3); }
static void store_8(void) { *(volatile uint64_t *)(border - 3) = 1; }
static void load_8_inside(void) { (void)*(volatile uint64_t *)(border + 5); }
static void load_16(void) { __asm__ volatile("movdqu (%0), %%xmm0" ::"r"(border - 15) : "xmm0"); }
static void store_16(void) { __asm__ volatile("movdqu %%xmm0, (%0)" ::"r"(border - 1)); }

static void rep_stos(void)
{
    char *to = border - 64;
    long count = 100;
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(0) : "memory");
}

static void rep_movs(void)
{
    char *from = border - 16, *to = border - PAGE;
    long count = 8;
    __asm__ volatile("rep movsq" : "+S"(from), "+D"(to), "+c"(count)::"memory");
}

static void push(void)
{
    __asm__ volatile("mov %%rsp, %%rbx; mov %0, %%rsp; pop %%rax; mov %%rbx, %%rsp" ::"r"(border) : "rax", "rbx", "memory");
}

static void attempt(const char *label, void (*access)(void))
{
    if (sigsetjmp(fault_return, 1) == 0) {
        access();
        say("%s: ok\n", label);
    } else {
        say_fault(label, border);
    }
}

int main(void)
{
    static char stack[65536];
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    MUST(sigaltstack(&alternate, NULL));
    catch_faults();
    char *base = MUST((char *)mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    border = base + PAGE;
    MUST(mprotect(border, PAGE, PROT_NONE));
    attempt("8-byte load across", load_8);
    attempt("8-byte store across", store_8);
    attempt("8-byte load inside", load_8_inside);
    attempt("16-byte load across", load_16);
    attempt("16-byte store across", store_16);
    attempt("rep stosb into", rep_stos);
    say("bytes before the border are written: %d\n", border[-1] == 0);
    attempt("rep movsq from", rep_movs);
    attempt("pop from", push);
    return 0;
}
