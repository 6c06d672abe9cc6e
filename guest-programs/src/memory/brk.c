/* Does brk move up and down by single bytes, stay below what lies above it, and answer 0 with where it is? */
#include "fault.h"

#include <sys/mman.h>
#include <sys/resource.h>

static char *raw_brk(void *address) { return (char *)syscall(SYS_brk, address); }

int main(void)
{
    catch_faults();
    char *start = raw_brk(NULL);
    char *page = (char *)(((unsigned long)start + PAGE - 1) & -PAGE);
    say("above the program %d\n", start > (char *)&fault_return);
    say("up: %ld\n", raw_brk(page + 3 * PAGE) - page);
    memset(page, 'h', 3 * PAGE);
    say("down by a byte: %ld\n", raw_brk(page + 3 * PAGE - 1) - page);
    probe("last byte is still there", READ, page + 3 * PAGE - 1, page);
    say("down: %ld\n", raw_brk(page + PAGE) - page);
    probe("below", READ, page + PAGE - 1, page);
    probe("above", READ, page + PAGE, page);
    say("up again: %ld\n", raw_brk(page + 2 * PAGE) - page);
    say("regrown memory is zero: %d\n", page[PAGE] == 0);
    say("below the start is refused: %ld\n", raw_brk((void *)1) - page);
    say("too far is refused: %ld\n", raw_brk((void *)(1UL << 47)) - page);
    MUST(mmap(page + 8 * PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0));
    say("up to a mapping is refused: %ld\n", raw_brk(page + 9 * PAGE) - page);
    say("up to its first byte is refused: %ld\n", raw_brk(page + 8 * PAGE) - page);
    say("with a page between: %ld\n", raw_brk(page + 7 * PAGE) - page);
    struct rlimit limit = {1 << 20, 1 << 20};
    MUST(setrlimit(RLIMIT_DATA, &limit));
    MUST(munmap(page + 8 * PAGE, PAGE));
    say("beyond RLIMIT_DATA is refused: %ld\n", raw_brk(page + (16 << 20)) - page);
    return 0;
}
