/* How many minor faults does getrusage count? One for each page that is brought in, none for linking the shared tables:
   link faults never reach the counting code. */
#include "mshare.h"

#include <sys/resource.h>

static volatile char *window;

static long faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

static void touch(const char *label, int page)
{
    faults();
    long before = faults();
    window[page * PAGE] = 1;
    long after = faults();
    say("%s: %ld\n", label, after - before);
}

int main(void)
{
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    MUST(create_object(fd, 0, 16 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    window = attach(fd, WINDOW(4), 1);
    touch("tables empty, not linked, page absent", 0);
    touch("linked, page absent", 1);
    touch("linked, page present", 1);
    MUST(madvise((void *)(uintptr_t)window, PAGE, MADV_DONTNEED));
    touch("unlinked by MADV_DONTNEED, page present", 1);
    MUST(munmap((void *)(uintptr_t)window, SLOT));
    window = attach(fd, WINDOW(6), 1);
    touch("new window, page absent", 2);
    touch("linked by that, page present", 0);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        touch("child, not linked, page present", 0);
        touch("child, linked, page present", 2);
        touch("child, linked, page absent", 3);
        _exit(0);
    }
    say_wait("child", pid);
    touch("parent, page the child brought in", 3);
    return 0;
}
