/* How many minor faults do the classical steps take: first read, write after read, write, write after fork, both sides? */
#include "guest.h"

#include <sys/mman.h>
#include <sys/resource.h>

#define PAGES 16

static volatile char *memory;

static long faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

static long reading(void)
{
    faults();
    long before = faults();
    for (int i = 0; i < PAGES; i++)
        (void)memory[i * PAGE];
    return faults() - before;
}

static long writing(void)
{
    faults();
    long before = faults();
    for (int i = 0; i < PAGES; i++)
        memory[i * PAGE] = 1;
    return faults() - before;
}

int main(void)
{
    memory = MUST((char *)mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    say("first read %ld\n", reading());
    say("second read %ld\n", reading());
    say("write after read %ld\n", writing());
    say("second write %ld\n", writing());
    MUST(madvise((void *)memory, PAGES * PAGE, MADV_DONTNEED));
    say("dropped, write first %ld\n", writing());
    say("read after it %ld\n", reading());
    pid_t pid = MUST(fork());
    if (pid == 0) {
        say("child reads %ld\n", reading());
        say("child writes %ld\n", writing());
        _exit(0);
    }
    say_wait("child", pid);
    say("parent writes, child gone %ld\n", writing());
    MUST(mprotect((void *)memory, PAGES * PAGE, PROT_READ));
    say("made read-only, reads %ld\n", reading());
    MUST(mprotect((void *)memory, PAGES * PAGE, PROT_READ | PROT_WRITE));
    say("made writable again, writes %ld\n", writing());
    return 0;
}
