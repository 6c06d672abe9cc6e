/* Prints the areas of /proc/self/maps that lie in [start, end), relative to start and clipped to it. */
#ifndef MAPS_H
#define MAPS_H

#include "guest.h"

static inline void say_maps(const char *label, const void *start, size_t length)
{
    static char text[65536];
    int fd = MUST(open("/proc/self/maps", O_RDONLY));
    size_t filled = 0;
    for (ssize_t n; filled < sizeof text - 1 && (n = read(fd, text + filled, sizeof text - 1 - filled)) > 0;)
        filled += n;
    text[filled] = 0;
    close(fd);
    say("%s:\n", label);
    unsigned long low = (unsigned long)start, high = low + length;
    for (char *line = text, *next; *line; line = next) {
        next = strchrnul(line, '\n');
        if (*next)
            *next++ = 0;
        unsigned long from, to;
        char rights[5];
        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || to <= low || from >= high)
            continue;
        say("  +0x%lx-+0x%lx %s\n", (from < low ? low : from) - low, (to > high ? high : to) - low, rights);
    }
}

#endif
