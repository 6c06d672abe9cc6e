/* Is code seen anew when it is rewritten through another mapping of the same memory, by this process or another one? */
#include "guest.h"

#include <sys/mman.h>

static void emit_return(unsigned char *code, uint32_t value)
{
    code[0] = 0xb8;
    memcpy(code + 1, &value, 4);
    code[5] = 0xc3;
}

int main(void)
{
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(ftruncate(fd, PAGE));
    unsigned char *writable = MUST((unsigned char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    unsigned char *code = MUST((unsigned char *)mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0));
    int (*function)(void) = (int (*)(void))(uintptr_t)code;
    for (uint32_t round = 1; round <= 3; round++) {
        emit_return(writable, round * 10);
        say("round %u: %d\n", round, function());
    }
    pid_t pid = MUST(fork());
    if (pid == 0) {
        emit_return(writable, 77);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    say("rewritten by the child: %d\n", function());
    unsigned char bytes[6];
    emit_return(bytes, 88);
    MUST(pwrite(fd, bytes, sizeof bytes, 0));
    say("rewritten by write: %d\n", function());
    unlink("file");
    return 0;
}
