/* Does a process that only spins on a page, without any system call, notice a write, a removal and a protection change? */
#include "fault.h"
#include "mshare.h"

static void spin_on_value(volatile char *cell)
{
    while (*cell == 'a')
        continue;
    _exit(*cell);
}

static void spin_until_fault(volatile char *cell)
{
    if (sigsetjmp(fault_return, 1) == 0)
        for (;;)
            cell[1]++;
    _exit(fault_signo == SIGSEGV ? fault_code : 99); /* 1 SEGV_MAPERR, 2 SEGV_ACCERR */
}

static pid_t start(void (*body)(volatile char *), int fd, int slot)
{
    pid_t pid = MUST(fork());
    if (pid == 0) {
        char *window = attach(fd, WINDOW(slot), 1);
        (void)*(volatile char *)window;
        window[PAGE]++; /* tells that it is attached */
        body(window);
    }
    return pid;
}

int main(void)
{
    catch_faults();
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    MUST(create_object(fd, 0, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    MUST(create_object(fd, PAGE, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    volatile char *window = attach(fd, WINDOW(4), 1);
    window[0] = 'a';
    for (int step = 0; step < 3; step++) {
        window[PAGE] = 0;
        pid_t pid = start(step == 0 ? spin_on_value : spin_until_fault, fd, 10 + step);
        while (window[PAGE] == 0)
            sleep_ms(1);
        sleep_ms(3);
        if (step == 0)
            window[0] = 7;
        else if (step == 1)
            MUST(create_object(fd, 0, PAGE, PROT_READ, ANONYMOUS_OBJECT)); /* in place of the writable one */
        else
            MUST(remove_object(fd, 0, PAGE));
        say_wait(step == 0 ? "after a write" : step == 1 ? "after a read-only object" : "after a removal", pid);
        if (step == 1)
            MUST(create_object(fd, 0, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    }
    return 0;
}
