/* What may a user who is not root do: mount, create, open, and write where the object allows it but the file does not? */
#include "mshare.h"

static void as_user(void)
{
    MUST(setgid(1000));
    MUST(setuid(1000));
    CHECK(mount("msharefs", MSHARE_DIRECTORY, "msharefs", 0, NULL));
    MUST(chdir(MSHARE_DIRECTORY));
    CHECK(open("mshare_info", O_RDWR));
    CHECK_OK(open("mshare_info", O_RDONLY));
    CHECK(open("private", O_RDONLY));
    CHECK(open("public", O_RDWR));
    int fd = CHECK_OK(open("public", O_RDONLY));
    CHECK_MAP(mmap(WINDOW(8), SLOT, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0));
    char *window = CHECK_MAP(mmap(WINDOW(8), SLOT, PROT_READ, MAP_SHARED | MAP_FIXED, fd, 0));
    strcpy(window, "written through a read-only window");
    CHECK(ftruncate(fd, SLOT));
    CHECK(chmod("public", 0666));
    CHECK_OK(open("own", O_RDWR | O_CREAT, 0600)); /* everybody may create in the root directory */
    CHECK(unlink("private"));                      /* and remove what others made: no sticky bit */
}

int main(void)
{
    mount_msharefs();
    make_region(MSHARE_DIRECTORY "/private", 1);
    int fd = make_region(MSHARE_DIRECTORY "/public", 1);
    MUST(fchmod(fd, 0644));
    MUST(create_object(fd, 0, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 1);
    in_child("user", as_user);
    say("%s\n", window);
    return 0;
}
