/* Does close_range close a span, mark a span close-on-exec, and refuse nonsense? */
#include "guest.h"

static void show(void)
{
    for (int fd = 3; fd < 10; fd++)
        say(" %d", fcntl(fd, F_GETFD));
    say("\n");
}

int main(void)
{
    only_standard_descriptors();
    for (int fd = 3; fd < 10; fd++)
        MUST(dup2(0, fd));
    show();
    CHECK(syscall(SYS_close_range, 5, 6, 0));
    show();
    CHECK(syscall(SYS_close_range, 7, 8, 4)); /* CLOSE_RANGE_CLOEXEC */
    show();
    CHECK(syscall(SYS_close_range, 8, 7, 0));
    CHECK(syscall(SYS_close_range, 3, 4, 64));
    CHECK(syscall(SYS_close_range, 3, ~0U, 0));
    show();
    return 0;
}
