/* Does execve drop the window but keep the ownership, so that the region lives on and can be mapped again? */
#include "fault.h"
#include "mshare.h"

#define REGION MSHARE_DIRECTORY "/region"

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1) {
        catch_faults();
        probe("old window", READ, WINDOW(4), WINDOW(4));
        int fd = MUST(open(REGION, O_RDWR));
        char *window = attach(fd, WINDOW(7), 1);
        say("new window: %s\n", window);
        return 0;
    }
    mount_msharefs();
    int fd = make_region(REGION, 1);
    MUST(create_object(fd, 0, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    strcpy(attach(fd, WINDOW(4), 1), "written before execve");
    execl("/proc/self/exe", "program", "second", (char *)NULL);
    return 1;
}
