/* Which errno does mmap give for every kind of misuse, in the order in which it looks? */
#include "guest.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

int main(void)
{
    char *base = MUST((char *)mmap(NULL, 4 * PAGE, PROT_NONE, ANON, -1, 0));
    int file = MUST(open("file", O_CREAT | O_RDWR, 0600)), pipes[2];
    MUST(ftruncate(file, PAGE));
    int read_only = MUST(open("file", O_RDONLY)), write_only = MUST(open("file", O_WRONLY)), directory = MUST(open(".", O_RDONLY));
    MUST(pipe(pipes));
    CHECK_MAP(mmap(NULL, 0, PROT_READ, ANON, -1, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, 0x0f | MAP_ANONYMOUS, -1, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_SHARED_VALIDATE | MAP_ANONYMOUS, -1, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, ANON, -1, 1));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, ANON, 77, PAGE));
    CHECK_MAP(mmap(NULL, ~0UL - PAGE, PROT_READ, ANON, -1, 0));
    CHECK_MAP(mmap(NULL, ~0UL, PROT_READ, ANON, -1, 0));
    CHECK_MAP(mmap(NULL, 1UL << 47, PROT_READ, ANON | MAP_NORESERVE, -1, 0));
    CHECK_MAP(mmap(base + 1, PAGE, PROT_READ, ANON | MAP_FIXED, -1, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, ANON | MAP_FIXED, -1, 0));
    CHECK_MAP(mmap((void *)(1UL << 47), PAGE, PROT_READ, ANON | MAP_FIXED, -1, 0));
    CHECK_MAP(mmap((void *)((1UL << 47) - PAGE), PAGE, PROT_READ, ANON | MAP_FIXED, -1, 0));
    CHECK_MAP(mmap(base, PAGE, PROT_READ, ANON | MAP_FIXED_NOREPLACE, -1, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, -1, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 77, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, 1));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, read_only, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, read_only, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, write_only, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, write_only, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, 0, file, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, directory, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, pipes[0], 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_SHARED_VALIDATE | 0x800000, file, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_SHARED | 0x800000, file, 0));
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_GROWSDOWN, file, 0));
    CHECK_MAP(mmap(NULL, PAGE, 0xff0, ANON, -1, 0));
    struct rlimit limit = {1UL << 30, 1UL << 30};
    MUST(setrlimit(RLIMIT_AS, &limit));
    CHECK_MAP(mmap(NULL, 1UL << 30, PROT_READ, ANON, -1, 0));
    unlink("file");
    return 0;
}
