/* What donor and consumer agree on: the region's name, and the page at its start. Pointers are offsets in the region. */
#ifndef STORY_H
#define STORY_H

#include <stdatomic.h>
#include <stdint.h>

#define REGION_PATH "/sys/fs/mshare/cover-letter"
#define REGION_DRAFT "/sys/fs/mshare/cover-letter.draft" /* its name until the story is written */
#define REGION_SIZE (1UL << 39)
#define OBJECT_SIZE (2UL << 20)
#define DONOR_ADDRESS ((void *)0x20000000000)
#define CONSUMER_ADDRESS ((void *)0x30000000000)

#define PATIENCE_MS 10000 /* how long either waits for the other */

struct board {
    _Atomic uint32_t answered;
    uint32_t chapters;
    uint64_t first; /* offset of the first chapter */
    char answer[64];
};

struct chapter {
    uint64_t next; /* offset of the next chapter, 0 for none */
    char text[56];
};

#endif
