/* What can be done with the descriptor of a region besides mapping it? */
#include "mshare.h"

#include <poll.h>
#include <sys/file.h>
#include <sys/sendfile.h>

int main(void)
{
    char byte = 0;
    mount_msharefs();
    MUST(chdir(MSHARE_DIRECTORY));
    int fd = make_region("region", 1), reader = MUST(open("region", O_RDONLY)), writer = MUST(open("region", O_WRONLY));
    CHECK(read(fd, &byte, 1));
    CHECK(write(fd, &byte, 1));
    CHECK(pread(fd, &byte, 1, 0));
    CHECK(pwrite(fd, &byte, 1, 0));
    CHECK(read(writer, &byte, 1));
    CHECK(write(reader, &byte, 1));
    CHECK(lseek(fd, 0, SEEK_SET));
    CHECK(fsync(fd));
    int null = MUST(open("/dev/null", O_WRONLY));
    CHECK(sendfile(null, fd, NULL, 10));
    struct pollfd watch = {.fd = fd, .events = POLLIN | POLLOUT};
    CHECK(poll(&watch, 1, 0));
    say("IN %d OUT %d\n", watch.revents & POLLIN ? 1 : 0, watch.revents & POLLOUT ? 1 : 0);
    struct stat status;
    CHECK(fstat(fd, &status));
    say("size %ld blocks %ld links %ld\n", (long)status.st_size, (long)status.st_blocks, (long)status.st_nlink);
    CHECK(fchmod(fd, 0640));
    CHECK(fchown(fd, 3, 4));
    CHECK(open("region", O_RDWR | O_DIRECT));
    CHECK(flock(fd, LOCK_EX));
    int copy = CHECK_OK(dup(fd));
    CHECK_MAP(mmap(WINDOW(2), SLOT, PROT_READ, MAP_SHARED | MAP_FIXED, copy, 0));
    return 0;
}
