/* In which order does MSHAREFS_CREATE_MAPPING check its request, and what does it refuse? */
#include "mshare.h"

static int fd;

static void attempt(const char *label, uint64_t offset, uint64_t size, uint32_t prot, uint32_t flags, int object)
{
    struct mshare_create request = {.region_offset = offset, .size = size, .prot = prot, .flags = flags, .fd = object};
    check(label, ioctl(fd, MSHAREFS_CREATE_MAPPING, &request));
}

int main(void)
{
    const uint32_t rw = PROT_READ | PROT_WRITE, anonymous = ANONYMOUS_OBJECT, file = MAP_SHARED | MAP_FIXED;
    mount_msharefs();
    MUST(chdir(MSHARE_DIRECTORY));
    fd = MUST(open("region", O_RDWR | O_CREAT, 0600));
    attempt("before the size is set", 0, PAGE, rw, anonymous, -1);
    CHECK(ioctl(fd, MSHAREFS_CREATE_MAPPING, nowhere()));
    CHECK(ioctl(fd, 0x7877, NULL));
    MUST(ftruncate(fd, SLOT));
    CHECK(ioctl(fd, MSHAREFS_CREATE_MAPPING, nowhere()));
    CHECK(ioctl(fd, 0x7877, NULL));
    CHECK(ioctl(fd, 0x40247800, nowhere()));
    attempt("good", 0, 4 * PAGE, rw, anonymous, -1);
    attempt("offset at the end", SLOT, PAGE, rw, anonymous, -1);
    attempt("offset before the start, by wrapping", -(uint64_t)PAGE, PAGE, rw, anonymous, -1);
    attempt("beyond the end", SLOT - PAGE, 2 * PAGE, rw, anonymous, -1);
    attempt("up to the end", SLOT - PAGE, PAGE, rw, anonymous, -1);
    attempt("without MAP_FIXED", 8 * PAGE, PAGE, rw, MAP_SHARED | MAP_ANONYMOUS, -1);
    attempt("without MAP_SHARED", 8 * PAGE, PAGE, rw, MAP_FIXED | MAP_ANONYMOUS, -1);
    attempt("MAP_PRIVATE", 8 * PAGE, PAGE, rw, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1);
    attempt("only MAP_FIXED_NOREPLACE", 8 * PAGE, PAGE, rw, MAP_SHARED | MAP_FIXED_NOREPLACE | MAP_ANONYMOUS, -1);
    attempt("MAP_SHARED_VALIDATE", 8 * PAGE, PAGE, rw, MAP_SHARED_VALIDATE | MAP_FIXED | MAP_ANONYMOUS, -1);
    attempt("size 0", 8 * PAGE, 0, rw, anonymous, -1);
    attempt("odd offset", 8 * PAGE + 1, PAGE, rw, anonymous, -1);
    attempt("MAP_GROWSDOWN", 8 * PAGE, PAGE, rw, anonymous | MAP_GROWSDOWN, -1);
    attempt("bad descriptor", 8 * PAGE, PAGE, rw, file, 77);
    attempt("range before descriptor", SLOT, PAGE, rw, file, 77);
    attempt("flags before descriptor", 8 * PAGE, PAGE, rw, MAP_SHARED, 77);
    attempt("the region inside itself", 8 * PAGE, PAGE, rw, file, fd);
    attempt("overlap, MAP_FIXED replaces", PAGE, PAGE, rw, anonymous, -1);
    attempt("overlap, MAP_FIXED_NOREPLACE too", 3 * PAGE, 2 * PAGE, rw, anonymous | MAP_FIXED_NOREPLACE, -1);
    attempt("no overlap, MAP_FIXED_NOREPLACE too", 4 * PAGE, 2 * PAGE, rw, anonymous | MAP_FIXED_NOREPLACE, -1);
    attempt("one byte is a page", 20 * PAGE, 1, rw, anonymous, -1);
    attempt("its descriptor is ignored", 21 * PAGE, PAGE, rw, anonymous, 77);
    attempt("PROT_NONE", 22 * PAGE, PAGE, PROT_NONE, anonymous, -1);
    int path = MUST(open("region", O_PATH));
    CHECK(ioctl(path, MSHAREFS_CREATE_MAPPING, nowhere()));
    int reader = MUST(open("region", O_RDONLY));
    CHECK(create_object(reader, 30 * PAGE, PAGE, rw, ANONYMOUS_OBJECT)); /* nobody looks at the open mode */
    return 0;
}
