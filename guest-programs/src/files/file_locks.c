/* Do flock and fcntl record locks exclude other processes, and go with close and exit? */
#include "guest.h"

#include <sys/file.h>

static int fd;

static void try_flock(void)
{
    int own = MUST(open("file", O_RDWR));
    CHECK(flock(own, LOCK_EX | LOCK_NB));
    CHECK(flock(own, LOCK_SH | LOCK_NB));
    CHECK(flock(fd, LOCK_EX | LOCK_NB));
}

static void try_record(void)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 5, .l_len = 10};
    CHECK(fcntl(fd, F_SETLK, &lock));
    CHECK(fcntl(fd, F_GETLK, &lock));
    say("type %d start %ld length %ld held by the parent %d\n", lock.l_type, (long)lock.l_start, (long)lock.l_len,
        lock.l_pid == getppid());
    lock = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 20, .l_len = 1};
    CHECK(fcntl(fd, F_SETLK, &lock));
}

int main(void)
{
    fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    CHECK(flock(fd, LOCK_EX));
    in_child("flock held", try_flock);
    CHECK(flock(fd, LOCK_UN));
    in_child("flock free", try_flock);
    CHECK(flock(fd, 77));
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 8};
    CHECK(fcntl(fd, F_SETLK, &lock));
    in_child("record held", try_record);
    close(dup(fd)); /* any close of the file drops the process's record locks */
    in_child("record free", try_record);
    unlink("file");
    return 0;
}
