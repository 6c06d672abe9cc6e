/* In which order does MSHAREFS_UNMAP check its request, and what does it accept? */
#include "mshare.h"

int main(void)
{
    const uint32_t rw = PROT_READ | PROT_WRITE;
    mount_msharefs();
    int fd = MUST(open(MSHARE_DIRECTORY "/region", O_RDWR | O_CREAT, 0600));
    CHECK(remove_object(fd, 0, PAGE));
    CHECK(ioctl(fd, MSHAREFS_UNMAP, nowhere()));
    MUST(ftruncate(fd, SLOT));
    CHECK(ioctl(fd, MSHAREFS_UNMAP, nowhere()));
    CHECK(remove_object(fd, 0, PAGE)); /* nothing there is fine */
    CHECK(create_object(fd, 0, 8 * PAGE, rw, ANONYMOUS_OBJECT));
    CHECK(remove_object(fd, SLOT, PAGE));
    CHECK(remove_object(fd, 0, SLOT + PAGE));
    CHECK(remove_object(fd, SLOT - PAGE, 2 * PAGE));
    CHECK(remove_object(fd, 1, PAGE));
    CHECK(remove_object(fd, 0, 0));
    CHECK(remove_object(fd, 2 * PAGE, 1));
    CHECK(remove_object(fd, PAGE, 4 * PAGE)); /* over the hole just made */
    CHECK(remove_object(fd, 0, SLOT));
    CHECK(remove_object(fd, 0, SLOT));
    return 0;
}
