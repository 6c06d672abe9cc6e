/* Are times that utimensat sets read back to the nanosecond, and are UTIME_OMIT and UTIME_NOW honoured? */
#include "guest.h"

#include <sys/stat.h>
#include <time.h>

static void show(const char *label)
{
    struct stat status;
    MUST(stat("file", &status));
    say("%s: read %ld.%09ld written %ld.%09ld\n", label, (long)status.st_atim.tv_sec, status.st_atim.tv_nsec,
        (long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

int main(void)
{
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    struct timespec times[2] = {{1000000000, 123456789}, {1234567890, 987654321}};
    CHECK(utimensat(AT_FDCWD, "file", times, 0));
    show("set");
    times[0].tv_nsec = UTIME_OMIT;
    times[1] = (struct timespec){5, 6};
    CHECK(futimens(fd, times));
    show("one omitted");
    times[1].tv_nsec = UTIME_NOW;
    CHECK(futimens(fd, times));
    struct stat status;
    fstat(fd, &status);
    say("now is later than 2020: %d, the other kept %ld\n", status.st_mtim.tv_sec > 1577836800, (long)status.st_atim.tv_sec);
    times[1].tv_nsec = 1000000000;
    CHECK(futimens(fd, times));
    CHECK(utimensat(AT_FDCWD, "missing", NULL, 0));
    times[0] = times[1] = (struct timespec){7, 8};
    CHECK(utimensat(AT_FDCWD, "file", times, 0));
    MUST(write(fd, "x", 1));
    fstat(fd, &status);
    say("a write changes the time of writing %d, not of reading %ld\n", status.st_mtim.tv_sec != 7, (long)status.st_atim.tv_sec);
    unlink("file");
    return 0;
}
