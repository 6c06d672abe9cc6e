/* Do mappings of /dev/zero behave like anonymous memory, private or shared? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    int fd = MUST(open("/dev/zero", O_RDWR));
    char *private = MUST((char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0));
    char *shared = MUST((char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    char *other = MUST((char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    say("zeros: %d %d\n", private[5], shared[5]);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        private[5] = shared[5] = 'c';
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    say("after the child's writes: private %d shared %c other mapping %d\n", private[5], shared[5], other[5]);
    int null = MUST(open("/dev/null", O_RDWR));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, null, 0));
    return 0;
}
