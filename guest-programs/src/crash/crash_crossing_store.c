/* How does a program die whose 8-byte store begins in good memory and ends in bad, and is nothing of it stored? */
#include "crash.h"

#include <sys/mman.h>

static char *border;

static void tell(int signo, siginfo_t *info, void *context)
{
    (void)context;
    fault_signo = signo;
    fault_code = info->si_code;
    fault_address = (uintptr_t)info->si_addr;
    say_fault("caught", border);
    say("bytes before the border %d %d %d\n", border[-3], border[-2], border[-1]);
    signal(signo, SIG_DFL);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = tell, .sa_flags = SA_SIGINFO};
    MUST(sigaction(SIGSEGV, &action, NULL));
    char *memory = MUST((char *)mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    border = memory + PAGE;
    MUST(munmap(border, PAGE));
    *(volatile uint64_t *)(border - 3) = ~0UL;
    return 0;
}
