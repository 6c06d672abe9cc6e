/* What do accesses to holes, read-only, PROT_NONE and executable objects give, with exact addresses? Only the object's
   protection counts, never the window's. */
#include "fault.h"
#include "mshare.h"

int main(void)
{
    catch_faults();
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    char *window = attach(fd, WINDOW(4), 1);
    probe("empty region, read", READ, window + 5, window);
    probe("empty region, write", WRITE, window + SLOT - 1, window);
    MUST(create_object(fd, 0, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    MUST(create_object(fd, PAGE, PAGE, PROT_READ, ANONYMOUS_OBJECT));
    MUST(create_object(fd, 2 * PAGE, PAGE, PROT_NONE, ANONYMOUS_OBJECT));
    MUST(create_object(fd, 4 * PAGE, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, ANONYMOUS_OBJECT));
    probe("read-write, write", WRITE, window + 0x10, window);
    probe("read-write, jump", CALL, window + 0x20, window);
    probe("read-only, read", READ, window + PAGE + 0x30, window);
    probe("read-only, write", WRITE, window + PAGE + 0x40, window);
    probe("none, read", READ, window + 2 * PAGE + 0x50, window);
    probe("none, write", WRITE, window + 2 * PAGE + 0x60, window);
    probe("hole, read", READ, window + 3 * PAGE + 0x70, window);
    probe("hole, write", WRITE, window + 3 * PAGE + 0x80, window);
    probe("hole, jump", CALL, window + 3 * PAGE + 0x90, window);
    window[4 * PAGE] = (char)0xc3; /* ret */
    probe("executable, jump", CALL, window + 4 * PAGE, window);
    probe("far hole", READ, window + (300UL << 30), window);

    MUST(munmap(window, SLOT));
    probe("no window", READ, window, window);
    int reader = MUST(open(MSHARE_DIRECTORY "/region", O_RDONLY));
    window = MUST((char *)mmap(WINDOW(6), SLOT, PROT_READ, MAP_SHARED | MAP_FIXED, reader, 0));
    probe("read-only window, write", WRITE, window + 0x10, window);
    window = MUST((char *)mmap(WINDOW(8), SLOT, PROT_NONE, MAP_SHARED | MAP_FIXED, reader, 0));
    probe("window without rights, read", READ, window + 0x10, window);
    probe("window without rights, write", WRITE, window + 0x10, window);
    probe("window without rights, read-only object", WRITE, window + PAGE, window);
    return 0;
}
