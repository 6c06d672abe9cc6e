/* Do stat, lstat, fstat, newfstatat and statx agree about type, mode, links and size? */
#include "guest.h"

#include <sys/stat.h>

static const char *type(mode_t mode)
{
    return S_ISREG(mode) ? "file" : S_ISDIR(mode) ? "directory" : S_ISLNK(mode) ? "link" : S_ISFIFO(mode) ? "fifo"
         : S_ISCHR(mode) ? "device" : "other";
}

static void show(const char *label, const struct stat *status)
{
    say("%s: %s %04o", label, type(status->st_mode), status->st_mode & 07777);
    if (!S_ISDIR(status->st_mode))
        say(" links %ld size %ld", (long)status->st_nlink, (long)status->st_size);
    say(" uid %d gid %d\n", status->st_uid, status->st_gid);
}

int main(void)
{
    struct stat status, other;
    struct statx extended;
    int ends[2], fd = MUST(open("file", O_CREAT | O_RDWR, 0640));
    MUST(write(fd, "seven..", 7));
    MUST(link("file", "second"));
    MUST(symlink("file", "link"));
    MUST(mkdir("directory", 0751));
    MUST(mkfifo("fifo", 0604));
    MUST(pipe(ends));
    CHECK(stat("file", &status));
    show("file", &status);
    CHECK(fstat(fd, &other));
    say("same inode by descriptor %d\n", status.st_ino == other.st_ino && status.st_dev == other.st_dev);
    stat("second", &other);
    say("same inode by hard link %d\n", status.st_ino == other.st_ino);
    CHECK(lstat("link", &other));
    show("link", &other);
    stat("link", &other);
    show("through the link", &other);
    stat("directory", &other);
    show("directory", &other);
    stat("fifo", &other);
    show("fifo", &other);
    fstat(ends[0], &other);
    show("pipe", &other);
    stat("/dev/null", &other);
    say("/dev/null: %s %d:%d\n", type(other.st_mode), (int)(other.st_rdev >> 8), (int)(other.st_rdev & 255));
    CHECK(statx(AT_FDCWD, "file", 0, STATX_BASIC_STATS, &extended));
    say("statx: mask has the basics %d, size %ld links %d mode %04o blksize %d\n",
        (extended.stx_mask & STATX_BASIC_STATS) == STATX_BASIC_STATS, (long)extended.stx_size, extended.stx_nlink,
        extended.stx_mode & 07777, extended.stx_blksize);
    CHECK(fstatat(fd, "", &other, AT_EMPTY_PATH));
    CHECK(fstatat(AT_FDCWD, "link", &other, AT_SYMLINK_NOFOLLOW));
    CHECK(stat("missing", &other));
    CHECK(stat("", &other));
    CHECK(stat("file/x", &other));
    CHECK(fstat(99, &other));
    CHECK(syscall(SYS_newfstatat, AT_FDCWD, "file", nowhere(), 0));
    CHECK(fstatat(AT_FDCWD, "file", &other, 0x8000000));
    CHECK(statx(AT_FDCWD, "file", 0x8000000, STATX_SIZE, &extended));
    unlink("file"); unlink("second"); unlink("link"); unlink("fifo"); rmdir("directory");
    return 0;
}
