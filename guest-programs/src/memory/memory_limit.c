/* Do RLIMIT_AS and RLIMIT_DATA stop mmap, brk and fork's growth, and only those? */
#include "guest.h"

#include <sys/mman.h>
#include <sys/resource.h>

#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static void address_space(void)
{
    struct rlimit limit = {64 << 20, 64 << 20};
    MUST(setrlimit(RLIMIT_AS, &limit));
    CHECK_MAP(mmap(NULL, 32 << 20, PROT_NONE, ANON, -1, 0));
    CHECK_MAP(mmap(NULL, 32 << 20, PROT_NONE, ANON, -1, 0));
    CHECK_MAP(mmap(NULL, 1 << 20, PROT_NONE, ANON, -1, 0));
    CHECK_MAP(sbrk(64 << 20));
    say("malloc of 100 MiB: %s\n", malloc(100 << 20) ? "given" : "refused");
}

static void data(void)
{
    struct rlimit limit = {16 << 20, 16 << 20};
    MUST(setrlimit(RLIMIT_DATA, &limit));
    CHECK_MAP(mmap(NULL, 32 << 20, PROT_READ, ANON, -1, 0));
    CHECK_MAP(mmap(NULL, 32 << 20, PROT_READ | PROT_WRITE, ANON, -1, 0));
    CHECK_MAP(mmap(NULL, 32 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    CHECK_MAP(sbrk(32 << 20));
    CHECK_MAP(sbrk(1 << 20));
}

int main(void)
{
    in_child("RLIMIT_AS", address_space);
    in_child("RLIMIT_DATA", data);
    return 0;
}
