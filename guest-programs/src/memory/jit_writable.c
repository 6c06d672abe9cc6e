/* Is code in memory that is writable and executable at once seen as soon as it is written, in another place and in the
   very next instructions? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    unsigned char *code = MUST((unsigned char *)mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
                                                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    int (*function)(void) = (int (*)(void))(uintptr_t)code;
    const unsigned char return_0[] = {0xb8, 0, 0, 0, 0, 0xc3};
    memcpy(code, return_0, sizeof return_0);
    int sum = 0;
    for (int i = 0; i < 200; i++) {
        code[1] = (unsigned char)i;
        sum += function();
    }
    say("sum of 200 versions %d\n", sum);

    /* movb $0x2a, 1(%rip): patches the immediate of the mov that follows it; mov $1, %eax; ret */
    const unsigned char patch_next[] = {0xc6, 0x05, 0x01, 0, 0, 0, 0x2a, 0xb8, 1, 0, 0, 0, 0xc3};
    memcpy(code + 64, patch_next, sizeof patch_next);
    function = (int (*)(void))(uintptr_t)(code + 64);
    say("patches its next instruction: %d\n", function());

    /* The same across a page border: mov at the end of the first page, its immediate on the second. */
    memcpy(code + PAGE - 3, return_0, sizeof return_0);
    function = (int (*)(void))(uintptr_t)(code + PAGE - 3);
    sum = 0;
    for (int i = 0; i < 50; i++) {
        code[PAGE - 2] = 1;
        code[PAGE] = (unsigned char)i;
        sum += function();
    }
    say("across a page border %d\n", sum);
    return 0;
}
