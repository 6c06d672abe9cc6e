/* Which errors do wait4 and waitid give? */
#include "guest.h"

int main(void)
{
    int status;
    siginfo_t info;
    CHECK(waitpid(-1, &status, 0));
    CHECK(waitpid(-1, NULL, WNOHANG));
    CHECK(waitpid(getpid(), &status, 0));
    CHECK(waitpid(1, &status, 0));
    CHECK(waitpid(-1, &status, 0x40));
    CHECK(syscall(SYS_wait4, -2147483648L, NULL, 0, NULL));
    CHECK(waitid(P_ALL, 0, &info, WEXITED));
    CHECK(waitid(P_ALL, 0, &info, 0));
    CHECK(waitid(P_ALL, 0, &info, WNOHANG));
    CHECK(waitid(P_ALL, 0, &info, WEXITED | 0x100));
    CHECK(waitid(77, 0, &info, WEXITED));
    CHECK(waitid(P_PID, 0, &info, WEXITED));
    CHECK(waitid(P_PID, -5, &info, WEXITED));

    pid_t pid = MUST(fork());
    if (pid == 0)
        _exit(3);
    waitid(P_PID, pid, &info, WEXITED | WNOWAIT);
    CHECK(wait4(pid, nowhere(), 0, NULL));
    CHECK(wait4(pid, NULL, 0, NULL));
    return 0;
}
