/* Does code in private memory come apart at fork like data: each process runs its own version? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    unsigned char *code = MUST((unsigned char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
                                                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    int (*function)(void) = (int (*)(void))(uintptr_t)code;
    memcpy(code, "\xb8\x01\x00\x00\x00\xc3", 6); /* mov $1, %eax; ret */
    say("before: %d\n", function());
    for (int i = 2; i < 5; i++) {
        pid_t pid = MUST(fork());
        if (pid == 0) {
            int old = function();
            code[1] = (unsigned char)(i * 10);
            _exit(function() + old);
        }
        say_wait("child", pid);
        say("parent: %d\n", function());
        code[1] = (unsigned char)i;
    }
    say("after: %d\n", function());
    return 0;
}
