/* Which memory calls does a window refuse, and is it unharmed afterwards? */
#include "mshare.h"

int main(void)
{
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 2);
    MUST(create_object(fd, 0, 4 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 2);
    strcpy(window, "unharmed");
    CHECK(munmap(window, PAGE));
    CHECK(munmap(window, SLOT));
    CHECK(munmap(window + SLOT, SLOT));
    CHECK(munmap(window + PAGE, 2 * SLOT - PAGE));
    CHECK(munmap(window - PAGE, 2 * PAGE));
    CHECK(mprotect(window, 2 * SLOT, PROT_READ));
    CHECK(mprotect(window, PAGE, PROT_READ));
    CHECK(mprotect(window, PAGE, PROT_READ | PROT_WRITE));
    CHECK_MAP(mmap(window + PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    CHECK_MAP(mremap(window, 2 * SLOT, 4 * SLOT, MREMAP_MAYMOVE));
    CHECK_MAP(mremap(window, 2 * SLOT, SLOT, 0));
    CHECK_MAP(mremap(window, 2 * SLOT, 2 * SLOT, 0));
    CHECK_MAP(mremap(window, 2 * SLOT, 2 * SLOT, MREMAP_MAYMOVE | MREMAP_FIXED, WINDOW(16)));
    CHECK_MAP(mremap(window, 2 * SLOT, 2 * SLOT, MREMAP_MAYMOVE | MREMAP_DONTUNMAP));
    say("%s\n", window);
    CHECK(munmap(window - PAGE, 2 * SLOT + 2 * PAGE)); /* a larger range may hold a whole window */
    CHECK(munmap(window, 2 * SLOT));
    int reader = MUST(open(MSHARE_DIRECTORY "/region", O_RDONLY));
    window = MUST((char *)mmap(WINDOW(4), 2 * SLOT, PROT_READ, MAP_SHARED | MAP_FIXED, reader, 0));
    CHECK(mprotect(window, 2 * SLOT, PROT_READ | PROT_WRITE)); /* beyond what the descriptor allowed */
    say("%s\n", window);
    return 0;
}
