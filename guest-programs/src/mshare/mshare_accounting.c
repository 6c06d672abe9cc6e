/* Does a window count in VmSize and its pages in nobody's VmRSS, and does maps show the window only, not the objects? */
#include "mshare.h"

static long status_kb(const char *key)
{
    char line[128];
    long value = -1;
    FILE *status = fopen("/proc/self/status", "r");
    while (fgets(line, sizeof line, status))
        if (strncmp(line, key, strlen(key)) == 0)
            value = atol(line + strlen(key));
    fclose(status);
    return value;
}

static void show_windows(void)
{
    char line[512], rights[5];
    unsigned long from, to;
    int offset;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(line, sizeof line, maps))
        if (strstr(line, MSHARE_DIRECTORY) && sscanf(line, "%lx-%lx %4s %n", &from, &to, rights, &offset) == 3)
            say("  %lx-%lx %s %s", from, to, rights, strchr(line, '/'));
    fclose(maps);
}

int main(void)
{
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 2);
    MUST(create_object(fd, 0, 300 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    status_kb("VmSize:");
    long size = status_kb("VmSize:"), resident = status_kb("VmRSS:");
    char *window = attach(fd, WINDOW(4), 2);
    say("VmSize grows by %ld GiB\n", (status_kb("VmSize:") - size) >> 20);
    for (int i = 0; i < 300; i++)
        window[i * PAGE] = 1;
    say("VmRSS grows by 300 pages: %d\n", status_kb("VmRSS:") - resident >= 1200);
    MUST(mmap(WINDOW(8), 2 * SLOT, PROT_READ, MAP_SHARED | MAP_FIXED, fd, 0));
    show_windows();
    MUST(unlink(MSHARE_DIRECTORY "/region"));
    show_windows();
    return 0;
}
