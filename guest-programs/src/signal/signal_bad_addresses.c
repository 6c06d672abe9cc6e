/* What do non-canonical and kernel addresses give: si_code and si_addr, for loads, stores and jumps? */
#include "fault.h"

static void show(const char *label, enum access_kind kind, unsigned long address)
{
    if (try_access(kind, (void *)address) == 0)
        say("%s: ok\n", label);
    else
        say("%s: %s %s si_addr %lx\n", label, signal_name(fault_signo), code_name(fault_signo, fault_code),
            (unsigned long)fault_address);
}

int main(void)
{
    catch_faults();
    show("read non-canonical", READ, 0x800000000000);
    show("write non-canonical", WRITE, 0x1234567812345678);
    show("jump to non-canonical", CALL, 0x800000000000);
    show("read kernel half", READ, 0xffff888000000000);
    show("write kernel half", WRITE, 0xffffffff81000000);
    show("jump to kernel half", CALL, 0xffffffff81000000);
    show("read last page of user half", READ, 0x7ffffffff000);
    show("jump to last page of user half", CALL, 0x7ffffffff010);
    show("read top byte", READ, ~0UL);
    show("read vsyscall page neighbour", READ, 0xffffffffff601000);
    return 0;
}
