/* Is each line of /proc/self/maps in the exact format: 8 hex digits at least, the name at column 73? */
#include "guest.h"

int main(void)
{
    char line[512], rebuilt[512];
    int lines = 0, wrong = 0, names_at_73 = 0, names = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(line, sizeof line, maps)) {
        unsigned long from, to, offset, inode;
        unsigned major, minor;
        char rights[5];
        lines++;
        if (sscanf(line, "%lx-%lx %4s %lx %x:%x %lu", &from, &to, rights, &offset, &major, &minor, &inode) != 7) {
            wrong++;
            continue;
        }
        int length = snprintf(rebuilt, sizeof rebuilt, "%08lx-%08lx %s %08lx %02x:%02x %lu ", from, to, rights, offset, major,
                              minor, inode);
        wrong += strncmp(line, rebuilt, length) != 0;
        char *name = strpbrk(line + length, "/[");
        if (name) {
            names++;
            names_at_73 += name - line == 73;
        }
    }
    say("lines %d, wrong %d, every name at column 73: %d\n", lines > 5, wrong, names == names_at_73);
    return 0;
}
