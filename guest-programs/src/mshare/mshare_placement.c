/* Where does a window land without MAP_FIXED: aligned to 512 GiB, on a free hint rounded up, never on another area? */
#include "mshare.h"

static unsigned long slot_of(const void *window) { return (unsigned long)window / SLOT; }

int main(void)
{
    const int rw = PROT_READ | PROT_WRITE;
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    char *first = CHECK_MAP(mmap(NULL, SLOT, rw, MAP_SHARED, fd, 0));
    char *second = CHECK_MAP(mmap(NULL, SLOT, rw, MAP_SHARED, fd, 0));
    say("aligned %d %d\n", (unsigned long)first % SLOT == 0, (unsigned long)second % SLOT == 0);
    say("high in the address space %d, apart %d\n", slot_of(first) > 200, first != second);
    char *hinted = CHECK_MAP(mmap(WINDOW(32), SLOT, rw, MAP_SHARED, fd, 0));
    say("at slot %lu\n", slot_of(hinted));
    hinted = CHECK_MAP(mmap((char *)WINDOW(40) + 12345, SLOT, rw, MAP_SHARED, fd, 0));
    say("at slot %lu\n", slot_of(hinted));
    MUST(mmap((char *)WINDOW(51) + (5UL << 30), PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    hinted = CHECK_MAP(mmap(WINDOW(51), SLOT, rw, MAP_SHARED, fd, 0));
    say("an occupied slot is avoided %d, aligned %d\n", slot_of(hinted) != 51, (unsigned long)hinted % SLOT == 0);
    create_object(fd, 0, PAGE, rw, ANONYMOUS_OBJECT);
    first[7] = 'w';
    say("all show one byte: %c%c%c\n", first[7], second[7], hinted[7]);
    return 0;
}
