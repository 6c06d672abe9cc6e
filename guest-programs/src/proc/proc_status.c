/* Do the fields of /proc/self/status that programs read agree with the system calls? */
#include "guest.h"

#include <sys/mman.h>
#include <sys/stat.h>

static char text[8192];

static void read_status(void)
{
    int fd = MUST(open("/proc/self/status", O_RDONLY));
    size_t filled = 0;
    for (ssize_t n; (n = read(fd, text + filled, sizeof text - 1 - filled)) > 0;)
        filled += n;
    text[filled] = 0;
    close(fd);
}

static const char *field(const char *name)
{
    static char value[128];
    char key[64];
    snprintf(key, sizeof key, "\n%s:", name);
    char *at = strstr(text, key);
    if (!at && strncmp(text, key + 1, strlen(key + 1)) == 0)
        at = text - 1;
    if (!at)
        return "missing";
    sscanf(at + strlen(key), " %127[^\n]", value);
    return value;
}

int main(void)
{
    umask(027);
    signal(SIGUSR1, SIG_IGN);
    signal(SIGUSR2, (void (*)(int))(uintptr_t)main);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGHUP);
    read_status();
    say("Name %s\n", field("Name"));
    say("Umask %s\n", field("Umask"));
    say("State %s\n", field("State"));
    say("Tgid %d Pid %d PPid %d\n", atoi(field("Tgid")) == getpid(), atoi(field("Pid")) == getpid(),
        atoi(field("PPid")) == getppid());
    say("TracerPid %s\n", field("TracerPid"));
    say("Uid %s\n", field("Uid"));
    say("Gid %s\n", field("Gid"));
    say("Threads %s\n", field("Threads"));
    say("ShdPnd %s\n", field("ShdPnd"));
    say("SigPnd %s\n", field("SigPnd"));
    say("SigBlk %s\n", field("SigBlk"));
    /* 32 and 33 belong to the C library; who starts the program may have left them ignored. */
    say("SigIgn %016lx\n", strtoul(field("SigIgn"), NULL, 16) & ~0x180000000UL);
    say("SigCgt %s\n", field("SigCgt"));
    long before = atol(field("VmSize")), resident = atol(field("VmRSS"));
    char *memory = MUST((char *)mmap(NULL, 100 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    memset(memory, 1, 50 * PAGE);
    read_status();
    say("VmSize grew by %ld kB, VmRSS by at least 200 kB: %d\n", atol(field("VmSize")) - before,
        atol(field("VmRSS")) - resident >= 180);
    return 0;
}
