/* Does a private file mapping show the file, keep its own writes to itself, and end with zeros? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    char buffer[16] = "";
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(write(fd, "contents of the file", 20));
    char *memory = MUST((char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0));
    say("mapping: %s, byte after the end %d, last byte %d\n", memory, memory[20], memory[PAGE - 1]);
    memcpy(memory, "CONTENTS", 8);
    MUST(pread(fd, buffer, 8, 0));
    say("mapping %.8s, file %.8s\n", memory, buffer);
    MUST(pwrite(fd, "written!", 8, 12));
    say("after a write to the file the copied page shows: %.20s\n", memory);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        memcpy(memory, "child   ", 8);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    say("after the child's write: %.8s\n", memory);
    char *fresh = MUST((char *)mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0));
    say("a fresh mapping: %.20s\n", fresh);
    close(fd);
    unlink("file");
    say("after close and unlink: %.20s\n", fresh);
    return 0;
}
