/* What do shared and private mappings show when the file shrinks and grows again under them? */
#include "fault.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    for (int i = 0; i < 3; i++) {
        char page[PAGE];
        memset(page, 'a' + i, PAGE);
        MUST(write(fd, page, PAGE));
    }
    char *shared = MUST((char *)mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    char *private = MUST((char *)mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0));
    private[2 * PAGE] = 'X';
    private[PAGE] = 'Y';
    say("before: %c%c%c %c%c%c\n", shared[0], shared[PAGE], shared[2 * PAGE], private[0], private[PAGE], private[2 * PAGE]);
    CHECK(ftruncate(fd, PAGE + 10));
    probe("shared page beyond", READ, shared + 2 * PAGE, shared);
    probe("private copy beyond", READ, private + 2 * PAGE, private);
    say("shared, partial page: %c then %d\n", shared[PAGE + 9], shared[PAGE + 10]);
    say("private copy of it: %c %c\n", private[PAGE], private[PAGE + 10]);
    CHECK(ftruncate(fd, 3 * PAGE));
    say("grown again: %c %d %d\n", shared[PAGE + 9], shared[PAGE + 10], shared[2 * PAGE]);
    say("private: %c %d\n", private[PAGE], private[2 * PAGE]);
    unlink("file");
    return 0;
}
