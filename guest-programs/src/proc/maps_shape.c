/* Which areas does /proc/self/maps show of a static program: order, rights, names, and the addresses that must be inside? */
#include "guest.h"

#include <sys/mman.h>

static const char constant[] = "constant";
static int data = 1;
static int bss[4096];

static char *find(char *text, const void *address)
{
    for (char *line = text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        unsigned long from, to;
        if (sscanf(line, "%lx-%lx", &from, &to) == 2 && (unsigned long)address >= from && (unsigned long)address < to)
            return line;
    }
    return NULL;
}

static void show(char *text, const char *label, const void *address)
{
    char rights[5] = "", device[16] = "", path[256] = "", *line = find(text, address);
    unsigned long from, to, offset, inode;
    if (!line) {
        say("%s: in no area\n", label);
        return;
    }
    char *end = strchr(line, '\n');
    *end = 0;
    sscanf(line, "%lx-%lx %4s %lx %15s %lu %255s", &from, &to, rights, &offset, device, &inode, path);
    *end = '\n';
    const char *name = strrchr(path, '/');
    say("%s: %s offset page aligned %d, inode %s, %s\n", label, rights, offset % PAGE == 0, inode ? "set" : "0",
        name ? name + 1 : path);
}

int main(void)
{
    static char text[16384];
    int local = 0, file = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(ftruncate(file, PAGE));
    void *heap = sbrk(PAGE), *anonymous = MUST(mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    void *shared = MUST(mmap(NULL, PAGE, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    void *mapped = MUST(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0));
    unlink("file");
    int fd = MUST(open("/proc/self/maps", O_RDONLY));
    size_t filled = 0;
    for (ssize_t n; (n = read(fd, text + filled, sizeof text - 1 - filled)) > 0;)
        filled += n;
    show(text, "code", (void *)(uintptr_t)main);
    show(text, "constants", constant);
    show(text, "data", &data);
    show(text, "bss", &bss[2048]);
    show(text, "heap", heap);
    show(text, "stack", &local);
    show(text, "anonymous", anonymous);
    show(text, "shared anonymous", shared);
    show(text, "deleted file", mapped);
    unsigned long from, to, last = 0;
    int ordered = 1, aligned = 1;
    for (char *line = text; *line; line = strchr(line, '\n') + 1) {
        sscanf(line, "%lx-%lx", &from, &to);
        ordered &= from >= last && to > from;
        aligned &= from % PAGE == 0 && to % PAGE == 0;
        last = to;
    }
    say("in order %d, aligned %d\n", ordered, aligned);
    return 0;
}
