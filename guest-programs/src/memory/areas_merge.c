/* Which neighbouring mappings become one area in /proc/self/maps? */
#include "maps.h"

#include <sys/mman.h>

static char *base;

static void put(int page, int count, int prot, int flags, int fd, off_t offset)
{
    MUST(mmap(base + page * PAGE, count * PAGE, prot, flags | MAP_FIXED, fd, offset));
}

int main(void)
{
    const int rw = PROT_READ | PROT_WRITE, anonymous = MAP_PRIVATE | MAP_ANONYMOUS;
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(ftruncate(fd, 16 * PAGE));
    base = MUST((char *)mmap(NULL, 18 * PAGE, PROT_NONE, anonymous | MAP_NORESERVE, -1, 0)) + PAGE;

    put(0, 2, rw, anonymous, -1, 0);
    put(2, 2, rw, anonymous, -1, 0);
    say_maps("anonymous beside anonymous", base, 16 * PAGE);
    put(5, 1, rw, anonymous, -1, 0);
    put(4, 1, rw, anonymous, -1, 0);
    say_maps("filling a gap joins both sides", base, 16 * PAGE);
    put(6, 2, rw, MAP_SHARED, fd, 0);
    put(8, 2, rw, MAP_SHARED, fd, 2 * PAGE);
    say_maps("file beside its continuation", base, 16 * PAGE);
    put(10, 2, rw, MAP_SHARED, fd, 6 * PAGE);
    say_maps("file beside another part", base, 16 * PAGE);
    put(12, 1, rw, MAP_PRIVATE, fd, 8 * PAGE);
    put(13, 1, rw, MAP_SHARED, fd, 9 * PAGE);
    say_maps("private beside shared", base, 16 * PAGE);
    put(14, 1, rw, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    put(15, 1, rw, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    say_maps("two shared anonymous objects", base, 16 * PAGE);
    unlink("file");
    return 0;
}
