/* How does a program die that reads a mapped page behind the end of its file? */
#include "crash.h"

#include <sys/mman.h>

int main(int argc, char **argv)
{
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    char *memory = MUST((char *)mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, fd, 0));
    unlink("file");
    prepare_to_crash(argc, argv, memory);
    return *(volatile char *)(memory + PAGE + 0x777);
}
