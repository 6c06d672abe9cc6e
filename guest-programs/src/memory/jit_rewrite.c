/* Is code that was written, run, made writable, rewritten and run again the new code each time? */
#include "fault.h"

#include <sys/mman.h>

static void emit_return(unsigned char *code, uint32_t value)
{
    code[0] = 0xb8; /* mov eax, value */
    memcpy(code + 1, &value, 4);
    code[5] = 0xc3; /* ret */
}

int main(void)
{
    catch_faults();
    unsigned char *code = MUST((unsigned char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    int (*function)(void) = (int (*)(void))(uintptr_t)code;
    probe("running writable memory", CALL, code, code);
    for (uint32_t round = 1; round <= 5; round++) {
        MUST(mprotect(code, PAGE, PROT_READ | PROT_WRITE));
        emit_return(code, round * 1111);
        MUST(mprotect(code, PAGE, PROT_READ | PROT_EXEC));
        say("round %u: %d %d\n", round, function(), function());
    }
    probe("writing executable memory", WRITE, code, code);
    return 0;
}
