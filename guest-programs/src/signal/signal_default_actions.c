/* What does each of the 31 standard signals do by default? */
#include "guest.h"

int main(void)
{
    for (int signo = 1; signo < 32; signo++) {
        pid_t pid = MUST(fork());
        if (pid == 0) {
            setpgid(0, 0);
            kill(getpid(), signo);
            _exit(0);
        }
        int status;
        MUST(waitpid(pid, &status, WUNTRACED));
        say_status(signal_name(signo), status);
        if (WIFSTOPPED(status)) {
            kill(pid, SIGKILL);
            waitpid(pid, NULL, 0);
        }
    }
    return 0;
}
