/* Is the core flag absent when no core may be written? (A core limit of 1 byte forbids files and pipes alike.) */
#include "guest.h"

#include <sys/resource.h>

int main(void)
{
    struct rlimit limit = {1, 1};
    CHECK(setrlimit(RLIMIT_CORE, &limit));
    int signals[] = {SIGSEGV, SIGABRT, SIGQUIT, SIGTERM};
    for (int i = 0; i < 4; i++) {
        pid_t pid = MUST(fork());
        if (pid == 0) {
            signal(signals[i], SIG_DFL);
            kill(getpid(), signals[i]);
            _exit(1);
        }
        int status;
        waitpid(pid, &status, 0);
        say("%s: status 0x%x core %d\n", signal_name(signals[i]), status, WCOREDUMP(status) ? 1 : 0);
    }
    return 0;
}
