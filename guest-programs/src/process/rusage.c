/* Does getrusage count faults of touched pages, and does wait4 report the child's, which then appear in RUSAGE_CHILDREN? */
#include "guest.h"

#include <sys/mman.h>
#include <sys/resource.h>

int main(void)
{
    struct rusage before, after, child;
    char *memory = MUST((char *)mmap(NULL, 64 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    getrusage(RUSAGE_SELF, &before);
    getrusage(RUSAGE_SELF, &after);
    getrusage(RUSAGE_SELF, &before);
    for (int i = 0; i < 64; i++)
        memory[i * PAGE] = 1;
    getrusage(RUSAGE_SELF, &after);
    say("64 pages: %ld minor, %ld major\n", after.ru_minflt - before.ru_minflt, after.ru_majflt - before.ru_majflt);
    getrusage(RUSAGE_CHILDREN, &before);
    say("no children yet: %ld\n", before.ru_minflt);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        for (int i = 0; i < 64; i++)
            memory[i * PAGE] = 2;
        _exit(0);
    }
    wait4(pid, NULL, 0, &child);
    getrusage(RUSAGE_CHILDREN, &after);
    say("child took at least 64: %d\n", child.ru_minflt >= 64);
    say("RUSAGE_CHILDREN has them: %d\n", after.ru_minflt == child.ru_minflt);
    CHECK(getrusage(5, &after));
    CHECK(getrusage(RUSAGE_SELF, nowhere()));
    return 0;
}
