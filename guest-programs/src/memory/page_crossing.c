/* Are loads, stores and instructions that cross from one page into another, unrelated one right? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(ftruncate(fd, 2 * PAGE));
    char *base = MUST((char *)mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    /* Second page of the file first, then its first page: neighbours in the address space, not in the file. */
    MUST(mmap(base, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, PAGE));
    MUST(mmap(base + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0));
    for (int i = 1; i < 8; i++) {
        *(volatile uint64_t *)(base + PAGE - i) = 0x0102030405060708UL * i;
        say("store at -%d, load back %016lx, low page ends %02x, high page starts %02x\n", i,
            *(volatile uint64_t *)(base + PAGE - i), (unsigned char)base[PAGE - 1], (unsigned char)base[PAGE]);
    }
    unsigned char bytes[2];
    pread(fd, bytes, 1, 2 * PAGE - 1);
    pread(fd, bytes + 1, 1, 0);
    say("in the file: %02x %02x\n", bytes[0], bytes[1]);
    __asm__ volatile("lock xaddq %1, (%0)" ::"r"(base + PAGE - 4), "r"(0x1111111111111111UL) : "memory");
    say("locked add across: %016lx\n", *(volatile uint64_t *)(base + PAGE - 4));
    unlink("file");
    return 0;
}
