/* Does MADV_DONTNEED empty private anonymous pages, bring back file pages, and keep shared memory? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(write(fd, "file", 4));
    MUST(ftruncate(fd, PAGE));
    const int rw = PROT_READ | PROT_WRITE;
    char *anonymous = MUST((char *)mmap(NULL, 4 * PAGE, rw, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    char *private = MUST((char *)mmap(NULL, PAGE, rw, MAP_PRIVATE, fd, 0));
    char *shared = MUST((char *)mmap(NULL, PAGE, rw, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    memset(anonymous, 'a', 4 * PAGE);
    memcpy(private, "copy", 4);
    strcpy(shared, "kept");
    CHECK(madvise(anonymous + PAGE, 2 * PAGE, MADV_DONTNEED));
    CHECK(madvise(private, PAGE, MADV_DONTNEED));
    CHECK(madvise(shared, PAGE, MADV_DONTNEED));
    say("anonymous %d %d %d %d\n", anonymous[0], anonymous[PAGE], anonymous[2 * PAGE], anonymous[3 * PAGE]);
    say("private file %.4s, shared %s\n", private, shared);
    anonymous[PAGE] = 'b';
    say("usable again %c\n", anonymous[PAGE]);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        madvise(anonymous, 4 * PAGE, MADV_DONTNEED);
        _exit(anonymous[0]);
    }
    say_wait("child after dropping", pid);
    say("parent keeps %c\n", anonymous[0]);
    unlink("file");
    return 0;
}
