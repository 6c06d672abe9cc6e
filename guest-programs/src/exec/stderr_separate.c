/* Are standard output and standard error two different streams? */
#include "guest.h"

int main(void)
{
    MUST(write(STDOUT_FILENO, "to stdout\n", 10));
    MUST(write(STDERR_FILENO, "to stderr\n", 10));
    fprintf(stderr, "unbuffered %d\n", 2);
    return 1;
}
