/* Does WNOHANG return 0 while the child lives, and its pid once it is gone? */
#include "guest.h"

int main(void)
{
    int go[2], status = 0x1234;
    MUST(pipe(go));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        char byte;
        close(go[1]);
        _exit(read(go[0], &byte, 1) == 0 ? 5 : 6);
    }
    close(go[0]);
    CHECK(waitpid(pid, &status, WNOHANG));
    say("status untouched 0x%x\n", status);
    siginfo_t info = {.si_pid = 77};
    CHECK(waitid(P_PID, pid, &info, WEXITED | WNOHANG));
    say("si_pid %d si_signo %d\n", info.si_pid, info.si_signo);
    close(go[1]);
    siginfo_t gone;
    MUST(waitid(P_PID, pid, &gone, WEXITED | WNOWAIT)); /* blocks until it is a zombie, and leaves it one */
    say("waitpid finds it: %d\n", waitpid(pid, &status, WNOHANG) == pid);
    say_status("child", status);
    CHECK(waitpid(-1, &status, WNOHANG));
    return 0;
}
