/* Is a region's size set exactly once, in whole slots, by ftruncate or fallocate, and poisoned by size 0? */
#include "mshare.h"

static int region(const char *name) { return MUST(open(name, O_RDWR | O_CREAT | O_EXCL, 0600)); }

static void size_of(int fd)
{
    struct stat status;
    fstat(fd, &status);
    say("  size %ld slots\n", (long)(status.st_size >> 39));
}

int main(void)
{
    mount_msharefs();
    MUST(chdir(MSHARE_DIRECTORY));
    int fd = region("by-ftruncate");
    size_of(fd);
    CHECK(ftruncate(fd, SLOT / 2));
    CHECK(ftruncate(fd, SLOT + PAGE));
    CHECK(ftruncate(fd, -1));
    CHECK(ftruncate(fd, 3 * SLOT));
    size_of(fd);
    CHECK(ftruncate(fd, 3 * SLOT));
    CHECK(ftruncate(fd, 4 * SLOT));
    CHECK(ftruncate(fd, 0));
    CHECK(fallocate(fd, 0, 0, 3 * SLOT));
    CHECK(open("by-ftruncate", O_RDWR | O_TRUNC));
    size_of(fd);

    fd = region("by-fallocate");
    CHECK(fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, SLOT));
    CHECK(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, SLOT));
    CHECK(fallocate(fd, 0, SLOT, SLOT));
    CHECK(fallocate(fd, 0, 0, 0));
    CHECK(fallocate(fd, 0, 0, 12345));
    CHECK(fallocate(fd, 0, 0, 2 * SLOT));
    size_of(fd);
    CHECK(fallocate(fd, 0, 0, 2 * SLOT));

    fd = region("by-path");
    CHECK(truncate("by-path", SLOT));
    size_of(fd);

    fd = region("poisoned");
    CHECK(ftruncate(fd, 0));
    CHECK(ftruncate(fd, SLOT));
    CHECK_MAP(mmap(WINDOW(4), SLOT, PROT_READ, MAP_SHARED | MAP_FIXED, fd, 0));

    fd = region("poisoned-by-open");
    CHECK_OK(open("poisoned-by-open", O_RDWR | O_TRUNC));
    CHECK(ftruncate(fd, SLOT));
    int reader = MUST(open("by-path", O_RDONLY));
    CHECK(ftruncate(reader, SLOT));
    CHECK(fallocate(reader, 0, 0, SLOT));
    return 0;
}
