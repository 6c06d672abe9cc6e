/* Does the time stamp counter go forward? */
#include "guest.h"

#include <x86intrin.h>

int main(void)
{
    unsigned processor;
    int backwards = 0;
    uint64_t last = __rdtsc();
    for (int i = 0; i < 1000; i++) {
        uint64_t next = __rdtscp(&processor);
        backwards += next < last;
        last = next;
    }
    uint64_t before = __rdtsc();
    sleep_ms(5);
    say("went back %d times, advances while sleeping %d\n", backwards, __rdtsc() > before + 1000);
    return 0;
}
