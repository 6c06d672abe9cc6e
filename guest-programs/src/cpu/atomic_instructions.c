/* Do the locked instructions return old values and flags, cmpxchg16b included? */
#include "guest.h"

int main(void)
{
    uint64_t memory = 10, old = 5;
    __asm__ volatile("lock xaddq %0, %1" : "+r"(old), "+m"(memory));
    say("xadd: old %lu memory %lu\n", old, memory);
    old = 99;
    __asm__ volatile("xchgq %0, %1" : "+r"(old), "+m"(memory));
    say("xchg: old %lu memory %lu\n", old, memory);
    uint8_t equal;
    uint64_t accumulator = 99;
    __asm__ volatile("lock cmpxchgq %3, %1; sete %2" : "+a"(accumulator), "+m"(memory), "=q"(equal) : "r"(7UL) : "cc");
    say("cmpxchg equal: rax %lu memory %lu zf %d\n", accumulator, memory, equal);
    __asm__ volatile("lock cmpxchgq %3, %1; sete %2" : "+a"(accumulator), "+m"(memory), "=q"(equal) : "r"(8UL) : "cc");
    say("cmpxchg different: rax %lu memory %lu zf %d\n", accumulator, memory, equal);
    uint64_t pair[2] __attribute__((aligned(16))) = {1, 2}, low = 1, high = 2;
    __asm__ volatile("lock cmpxchg16b %0; sete %3" : "+m"(pair), "+a"(low), "+d"(high), "=q"(equal) : "b"(3UL), "c"(4UL) : "cc");
    say("cmpxchg16b equal: %lu %lu zf %d\n", pair[0], pair[1], equal);
    __asm__ volatile("lock cmpxchg16b %0; sete %3" : "+m"(pair), "+a"(low), "+d"(high), "=q"(equal) : "b"(5UL), "c"(6UL) : "cc");
    say("cmpxchg16b different: %lu %lu, read %lu %lu zf %d\n", pair[0], pair[1], low, high, equal);
    __asm__ volatile("lock incq %0; lock negq %0; lock orq $0x100, %0; lock andq $-2, %0" : "+m"(memory));
    say("inc neg or and: %lx\n", memory);
    uint8_t carry[3];
    __asm__ volatile("lock btsq $3, %3; setc %0; lock btrq $3, %3; setc %1; lock btcq $4, %3; setc %2"
                     : "=q"(carry[0]), "=q"(carry[1]), "=q"(carry[2]), "+m"(memory) : : "cc");
    say("bts btr btc: %d %d %d %lx\n", carry[0], carry[1], carry[2], memory);
    return 0;
}
