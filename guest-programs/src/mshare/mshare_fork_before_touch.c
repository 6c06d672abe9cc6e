/* Is memory that nobody had touched before the fork shared too, and an object made after the fork? */
#include "mshare.h"

int main(void)
{
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    char *window = attach(fd, WINDOW(4), 1);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        MUST(create_object(fd, 0, 4 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT)); /* anybody with a descriptor may */
        strcpy(window + PAGE, "made by the child");
        _exit(0);
    }
    say_wait("child", pid);
    say("%s\n", window + PAGE); /* the child was not the owner: its end ended nothing */
    return 0;
}
