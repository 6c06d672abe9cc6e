/* Does memfd_create give an unnamed file that can be sized, mapped by two processes, and sealed? */
#include "guest.h"

#include <sys/mman.h>
#include <sys/stat.h>

int main(void)
{
    struct stat status;
    CHECK_OK(memfd_create("plain", 0));
    int fd = MUST(memfd_create("sealable", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    say("close on exec %d\n", fcntl(fd, F_GETFD));
    CHECK(ftruncate(fd, 2 * PAGE));
    MUST(fstat(fd, &status));
    say("size %ld nlink %ld regular %d mode %03o\n", (long)status.st_size, (long)status.st_nlink, S_ISREG(status.st_mode),
        status.st_mode & 0777);
    char *memory = MUST((char *)mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        strcpy(memory + PAGE, "from the child");
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    say("%s\n", memory + PAGE);
    CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
    MUST(munmap(memory, 2 * PAGE));
    CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK));
    CHECK(ftruncate(fd, PAGE));
    CHECK(ftruncate(fd, 3 * PAGE));
    CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SEAL));
    CHECK(pwrite(fd, "x", 1, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW));
    CHECK(fcntl(fd, F_GET_SEALS));
    CHECK(memfd_create("bad flag", 0x100));
    return 0;
}
