/* Does stdio buffer a pipe fully, flush at exit, and does a fork duplicate what is still in the buffer? */
#include "guest.h"

int main(void)
{
    int ends[2];
    char text[256];
    MUST(pipe(ends));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        MUST(dup2(ends[1], STDOUT_FILENO));
        close(ends[0]);
        close(ends[1]);
        printf("buffered;");
        pid_t inner = MUST(fork());
        if (inner == 0)
            exit(0);
        waitpid(inner, NULL, 0);
        MUST(write(STDOUT_FILENO, "direct;", 7));
        printf("after;");
        exit(0);
    }
    close(ends[1]);
    size_t filled = 0;
    for (ssize_t n; (n = read(ends[0], text + filled, sizeof text - 1 - filled)) > 0;)
        filled += n;
    text[filled] = 0;
    say("%s\n", text);
    say_wait("writer", pid);
    return 0;
}
