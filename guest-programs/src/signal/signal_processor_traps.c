/* Which signal, code and relative address does each trapping instruction give? */
#include "fault.h"

static void divide_by_zero(void) { __asm__ volatile("xor %%ecx, %%ecx; mov $1, %%eax; cdq; .globl trap_div; trap_div: idiv %%ecx" ::: "eax", "ecx", "edx"); }
static void divide_overflow(void) { __asm__ volatile("mov $-1, %%ecx; mov $0x80000000, %%eax; cdq; .globl trap_over; trap_over: idiv %%ecx" ::: "eax", "ecx", "edx"); }
static void undefined(void) { __asm__ volatile(".globl trap_ud2; trap_ud2: ud2"); }
static void breakpoint(void) { __asm__ volatile(".globl trap_int3; trap_int3: int3"); }
static void int_3_long(void) { __asm__ volatile(".globl trap_cd03; trap_cd03: .byte 0xcd, 0x03"); }
static void halt(void) { __asm__ volatile(".globl trap_hlt; trap_hlt: hlt"); }
static void port_in(void) { __asm__ volatile(".globl trap_in; trap_in: inb $0x60, %%al" ::: "eax"); }
static void port_out(void) { __asm__ volatile(".globl trap_out; trap_out: outb %%al, $0x60" ::); }
static void interrupts_off(void) { __asm__ volatile(".globl trap_cli; trap_cli: cli"); }
static void read_cr3(void) { __asm__ volatile(".globl trap_cr3; trap_cr3: mov %%cr3, %%rax" ::: "rax"); }
static void write_msr(void) { __asm__ volatile(".globl trap_msr; trap_msr: wrmsr"); }
static void load_idt(void) { __asm__ volatile(".globl trap_lidt; trap_lidt: lidt (%%rsp)" ::); }
static void software_interrupt(void) { __asm__ volatile(".globl trap_int; trap_int: int $0x2f"); }
static void bad_prefix(void) { __asm__ volatile(".globl trap_lock; trap_lock: .byte 0xf0, 0x90"); }
static void into_64(void) { __asm__ volatile(".globl trap_into; trap_into: .byte 0xce"); }
static void load_selector(void) { __asm__ volatile("mov $0x1234, %%eax; .globl trap_ds; trap_ds: mov %%eax, %%ds" ::: "eax"); }

extern char trap_div[], trap_over[], trap_ud2[], trap_int3[], trap_cd03[], trap_hlt[], trap_in[], trap_out[],
    trap_cli[], trap_cr3[], trap_msr[], trap_lidt[], trap_int[], trap_lock[], trap_into[], trap_ds[];

static void attempt(const char *label, void (*trap)(void), char *instruction)
{
    if (sigsetjmp(fault_return, 1) == 0) {
        trap();
        say("%s: ok\n", label);
    } else if (fault_address == 0) {
        say("%s: %s %s si_addr 0\n", label, signal_name(fault_signo), code_name(fault_signo, fault_code));
    } else {
        say_fault(label, instruction);
    }
}

int main(void)
{
    catch_faults();
    attempt("idiv by zero", divide_by_zero, trap_div);
    attempt("idiv overflow", divide_overflow, trap_over);
    attempt("ud2", undefined, trap_ud2);
    attempt("int3", breakpoint, trap_int3);
    attempt("int 3", int_3_long, trap_cd03);
    attempt("hlt", halt, trap_hlt);
    attempt("in", port_in, trap_in);
    attempt("out", port_out, trap_out);
    attempt("cli", interrupts_off, trap_cli);
    attempt("mov cr3", read_cr3, trap_cr3);
    attempt("wrmsr", write_msr, trap_msr);
    attempt("lidt", load_idt, trap_lidt);
    attempt("int 0x2f", software_interrupt, trap_int);
    attempt("lock nop", bad_prefix, trap_lock);
    attempt("into", into_64, trap_into);
    attempt("mov ds", load_selector, trap_ds);
    return 0;
}
