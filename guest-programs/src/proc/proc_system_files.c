/* Do the system-wide files under /proc have the lines and keys that programs look for? */
#include "guest.h"

static char text[1 << 18];

static void slurp(const char *path)
{
    int fd = MUST(open(path, O_RDONLY));
    size_t filled = 0;
    for (ssize_t n; filled < sizeof text - 1 && (n = read(fd, text + filled, sizeof text - 1 - filled)) > 0;)
        filled += n;
    text[filled] = 0;
    close(fd);
}

static void has(const char *what)
{
    bool found = strstr(text, what) != NULL;
    what += *what == '\n';
    say("  %.*s: %s\n", (int)strcspn(what, "\n"), what, found ? "there" : "missing");
}

int main(void)
{
    slurp("/proc/meminfo");
    say("meminfo\n");
    has("MemTotal: ");
    has("\nMemFree: ");
    has("\nMemAvailable: ");
    has("\nPageTables: ");
    slurp("/proc/cpuinfo");
    say("cpuinfo\n");
    has("processor\t: 0");
    has("\nvendor_id\t: ");
    has("\nflags\t\t: ");
    has(" sse2 ");
    slurp("/proc/filesystems");
    say("filesystems\n");
    has("nodev\ttmpfs\n");
    has("nodev\tproc\n");
    has("nodev\tsysfs\n");
    slurp("/proc/mounts");
    say("mounts\n");
    has(" /proc proc ");
    has(" / ");
    slurp("/proc/uptime");
    double up, idle;
    say("uptime: two numbers %d\n", sscanf(text, "%lf %lf", &up, &idle) == 2 && up >= 0);
    slurp("/proc/version");
    say("version: begins with Linux %d\n", strncmp(text, "Linux version ", 14) == 0);
    slurp("/proc/loadavg");
    double a, b, c;
    say("loadavg: three numbers %d\n", sscanf(text, "%lf %lf %lf", &a, &b, &c) == 3);
    slurp("/proc/sys/kernel/ostype");
    say("ostype %s", text);
    slurp("/proc/sys/vm/overcommit_memory");
    say("overcommit_memory is a number %d\n", text[0] >= '0' && text[0] <= '2' && text[1] == '\n');
    slurp("/proc/sys/kernel/pid_max");
    say("pid_max at least 32768: %d\n", atoi(text) >= 32768);
    return 0;
}
