/* Do WUNTRACED and WCONTINUED report each stop and continue once, and is neither reported without being asked for? */
#include "guest.h"

int main(void)
{
    int status, go[2];
    MUST(pipe(go));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        char byte;
        setpgid(0, 0); /* a group whose leader has a parent outside: SIGTSTP is ignored in orphaned groups */
        raise(SIGSTOP);
        MUST(read(go[0], &byte, 1));
        raise(SIGTSTP);
        _exit(4);
    }
    MUST(waitpid(pid, &status, WUNTRACED));
    say_status("first", status);
    say("status word 0x%04x\n", status);
    CHECK(waitpid(pid, &status, WUNTRACED | WNOHANG));
    kill(pid, SIGCONT);
    MUST(waitpid(pid, &status, WCONTINUED));
    say_status("then", status);
    say("status word 0x%04x\n", status);
    MUST(write(go[1], "g", 1));
    MUST(waitpid(pid, &status, WUNTRACED));
    say_status("then", status);
    kill(pid, SIGCONT);
    MUST(waitpid(pid, &status, 0));
    say_status("end", status);
    CHECK(waitpid(pid, &status, WUNTRACED | WCONTINUED));
    return 0;
}
