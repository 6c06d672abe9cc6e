/*
 * The consumer of the mshare cover letter: a separate program that opens the donor's region, maps it at another address,
 * reads the story and writes an answer. It opens the region O_RDWR: mmap refuses PROT_WRITE on a read-only descriptor.
 */
#include "guest.h"
#include "story.h"

#include <sys/mman.h>
#include <sys/stat.h>

static void die(const char *step)
{
    say("consumer: %s: %s\n", step, errno_name(errno));
    exit(1);
}

static int open_region(void)
{
    for (int waited = 0; waited < PATIENCE_MS; waited += 2) {
        int fd = open(REGION_PATH, O_RDWR);
        if (fd != -1)
            return fd;
        if (errno != ENOENT)
            break;
        sleep_ms(2);
    }
    die("open");
    return -1;
}

int main(void)
{
    int fd = open_region();
    struct stat status;
    if (fstat(fd, &status) == -1)
        die("fstat");
    void *window = mmap(CONSUMER_ADDRESS, status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
    if (window == MAP_FAILED)
        die("mmap");
    close(fd);

    struct board *board = window;
    say("consumer: region of %ld GiB at %p\n", (long)(status.st_size >> 30), window);
    for (uint64_t offset = board->first; offset != 0;) {
        struct chapter *chapter = (struct chapter *)((char *)window + offset);
        say("consumer: +0x%06lx %s\n", (unsigned long)offset, chapter->text);
        offset = chapter->next;
    }
    snprintf(board->answer, sizeof board->answer, "read %u chapters at %p", board->chapters, window);
    atomic_store(&board->answered, 1);
    return 0;
}
