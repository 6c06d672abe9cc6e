/* Is an access to a page wholly beyond the end of the file SIGBUS, with the exact address, and does growing cure it? */
#include "fault.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(ftruncate(fd, PAGE + 100));
    char *shared = MUST((char *)mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    char *private = MUST((char *)mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0));
    probe("shared, rest of the last page", WRITE, shared + PAGE + 200, shared);
    probe("shared, read beyond", READ, shared + 2 * PAGE + 5, shared);
    probe("shared, write beyond", WRITE, shared + 3 * PAGE + 6, shared);
    probe("private, read beyond", READ, private + 2 * PAGE + 7, private);
    probe("private, write beyond", WRITE, private + 2 * PAGE + 8, private);
    MUST(ftruncate(fd, 3 * PAGE));
    probe("shared, after growing", WRITE, shared + 2 * PAGE + 5, shared);
    probe("private, after growing", READ, private + 2 * PAGE + 5, private);
    say("what was written beyond the old end is gone: %d\n", shared[PAGE + 200] == 0);
    CHECK(write(fd, shared + 3 * PAGE, 1));
    CHECK(read(fd, shared + 3 * PAGE, 1));
    unlink("file");
    return 0;
}
