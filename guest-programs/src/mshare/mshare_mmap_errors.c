/* Which windows does mmap refuse? */
#include "mshare.h"

#include <sys/resource.h>

int main(void)
{
    const int rw = PROT_READ | PROT_WRITE, fixed = MAP_SHARED | MAP_FIXED;
    mount_msharefs();
    MUST(chdir(MSHARE_DIRECTORY));
    int unsized = MUST(open("unsized", O_RDWR | O_CREAT, 0600));
    CHECK_MAP(mmap(WINDOW(4), SLOT, rw, fixed, unsized, 0));
    int fd = make_region("region", 2), reader = MUST(open("region", O_RDONLY)), writer = MUST(open("region", O_WRONLY));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT, rw, MAP_PRIVATE | MAP_FIXED, fd, 0));
    CHECK_MAP(mmap(WINDOW(4), SLOT, rw, fixed, fd, 0));
    CHECK_MAP(mmap(WINDOW(4), 3 * SLOT, rw, fixed, fd, 0));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT + 1, rw, fixed, fd, 0));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT - PAGE, rw, fixed, fd, 0));
    CHECK_MAP(mmap(WINDOW(4), 0, rw, fixed, fd, 0));
    CHECK_MAP(mmap((char *)WINDOW(4) + PAGE, 2 * SLOT, rw, fixed, fd, 0));
    CHECK_MAP(mmap((char *)WINDOW(4) + (1UL << 38), 2 * SLOT, rw, fixed, fd, 0));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT, rw, fixed, fd, 1));
    CHECK_MAP(mmap(WINDOW(255), 2 * SLOT, rw, fixed, fd, 0));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT, rw, fixed | MAP_HUGETLB, fd, 0));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT, rw, fixed, reader, 0));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT, PROT_READ, fixed, writer, 0));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT, rw, fixed | MAP_GROWSDOWN, fd, 0));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT, rw, MAP_SHARED_VALIDATE | MAP_FIXED | 0x800000, fd, 0));
    struct rlimit limit = {SLOT, RLIM_INFINITY}, none = {RLIM_INFINITY, RLIM_INFINITY};
    MUST(setrlimit(RLIMIT_AS, &limit));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT, rw, fixed, fd, 0));
    MUST(setrlimit(RLIMIT_AS, &none));
    CHECK_MAP(mmap(WINDOW(4), 2 * SLOT - 1, rw, fixed, fd, 0)); /* the length is rounded up to pages first */
    CHECK_MAP(mmap(WINDOW(6), 2 * SLOT, PROT_READ, fixed, reader, 0));
    CHECK_MAP(mmap(WINDOW(8), 2 * SLOT, rw, MAP_SHARED_VALIDATE | MAP_FIXED, fd, PAGE)); /* the offset means nothing */
    CHECK_MAP(mmap(WINDOW(8), 2 * SLOT, rw, MAP_SHARED | MAP_FIXED_NOREPLACE, fd, 0));
    CHECK_MAP(mmap(WINDOW(9), 2 * SLOT, rw, fixed, fd, 0)); /* would cut the window at 8 */
    CHECK_MAP(mmap(WINDOW(8), 2 * SLOT, rw, fixed, fd, 0)); /* replaces it whole */
    return 0;
}
