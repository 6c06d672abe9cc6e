/* What is left of a region when its owner ends: windows, accesses, new windows, size, name? */
#include "fault.h"
#include "mshare.h"

#define REGION MSHARE_DIRECTORY "/region"

static void one_round(const char *label, int how)
{
    int ready[2];
    char byte;
    MUST(pipe(ready));
    say("%s\n", label);
    pid_t owner = MUST(fork());
    if (owner == 0) {
        int own = make_region(REGION, 1);
        MUST(create_object(own, 0, 4 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
        strcpy(attach(own, WINDOW(4), 1), "alive");
        MUST(write(ready[1], "r", 1));
        if (how == 0)
            pause();
        sleep_ms(1);
        _exit(0);
    }
    MUST(read(ready[0], &byte, 1));
    int fd = MUST(open(REGION, O_RDWR));
    char *window = how == 0 ? attach(fd, WINDOW(8), 1) : NULL;
    if (how == 0) {
        say("before: %s\n", window);
        kill(owner, SIGKILL);
    }
    say_wait("owner", owner);
    struct stat status;
    CHECK(fstat(fd, &status));
    say("slots %ld\n", (long)(status.st_size >> 39));
    CHECK_MAP(mmap(WINDOW(12), SLOT, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0));
    if (window) {
        probe("read", READ, window, window);
        probe("write", WRITE, window + PAGE, window);
        CHECK(munmap(window, SLOT));
    }
    CHECK(unlink(REGION));
}

int main(void)
{
    catch_faults();
    mount_msharefs();
    one_round("owner killed while its region is used", 0);
    one_round("owner gone before anybody attached", 1);
    return 0;
}
