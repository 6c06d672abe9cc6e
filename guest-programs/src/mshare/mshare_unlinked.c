/* Does a region outlive its name and its descriptors as long as a window shows it? */
#include "fault.h"
#include "mshare.h"

#define REGION MSHARE_DIRECTORY "/region"

int main(void)
{
    catch_faults();
    mount_msharefs();
    int fd = make_region(REGION, 1);
    MUST(create_object(fd, 0, 2 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 1);
    strcpy(window, "first region");
    CHECK(unlink(REGION));
    CHECK(open(REGION, O_RDWR));
    say("%s\n", window);
    char *second = attach(fd, WINDOW(6), 1); /* the descriptor still serves */
    say("%s\n", second);
    CHECK(close(fd));
    strcpy(second + PAGE, "touched after the last close");
    say("%s\n", window + PAGE);
    fd = make_region(REGION, 1); /* the name is free for another region */
    MUST(create_object(fd, 0, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *other = attach(fd, WINDOW(8), 1);
    say("the new region holds %d, the old one %s\n", other[0], window);
    CHECK(umount(MSHARE_DIRECTORY));
    CHECK(munmap(window, SLOT));
    CHECK(munmap(second, SLOT));
    probe("gone", READ, window, window);
    CHECK(close(fd));
    CHECK(umount(MSHARE_DIRECTORY));
    CHECK(munmap(other, SLOT));
    CHECK(umount(MSHARE_DIRECTORY));
    return 0;
}
