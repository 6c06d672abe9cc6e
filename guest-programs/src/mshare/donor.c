/*
 * Can two programs share memory by sharing page tables? The donor of the mshare cover letter: makes a region of 512 GiB,
 * puts 2 MiB of anonymous memory into it, writes a story there and stays alive, because a region lives only as long as
 * its owner, until a consumer has answered.
 *
 * usage: donor [CONSUMER]    with CONSUMER the donor starts that program itself, else it waits for one to come along
 */
#include "guest.h"
#include "msharefs.h"
#include "story.h"

#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/vfs.h>

static void die(const char *step)
{
    say("donor: %s: %s\n", step, errno_name(errno));
    unlink(REGION_DRAFT);
    unlink(REGION_PATH);
    exit(1);
}

/* Every mount of msharefs is a file system of its own, so an existing one must be used. */
static void mount_once(void)
{
    struct statfs found;
    if (statfs("/sys/fs/mshare", &found) == 0 && found.f_type == MSHARE_MAGIC)
        return;
    if (mount("msharefs", "/sys/fs/mshare", "msharefs", 0, NULL) == -1)
        die("mount");
}

static struct board *make_region(void)
{
    int fd = open(REGION_DRAFT, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (fd == -1)
        die("open");
    if (ftruncate(fd, REGION_SIZE) == -1)
        die("ftruncate");
    struct mshare_create request = {.size = OBJECT_SIZE, .prot = PROT_READ | PROT_WRITE,
                                    .flags = MAP_SHARED | MAP_FIXED | MAP_ANONYMOUS, .fd = -1};
    if (ioctl(fd, MSHAREFS_CREATE_MAPPING, &request) == -1)
        die("MSHAREFS_CREATE_MAPPING");
    void *window = mmap(DONOR_ADDRESS, REGION_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
    if (window == MAP_FAILED)
        die("mmap");
    close(fd);
    return window;
}

/* The chapters lie 100 pages apart; each names the next by its offset, since the consumer sees them elsewhere. */
static void write_story(struct board *board)
{
    static const char *const lines[] = {"Once there was a page table", "that served two processes", "and never knew which."};
    uint64_t *link = &board->first;
    for (int i = 0; i < 3; i++) {
        uint64_t offset = (uint64_t)(i + 1) * 100 * PAGE;
        struct chapter *chapter = (struct chapter *)((char *)board + offset);
        strcpy(chapter->text, lines[i]);
        *link = offset;
        link = &chapter->next;
    }
    board->chapters = 3;
}

int main(int argc, char **argv)
{
    mount_once();
    struct board *board = make_region();
    write_story(board);
    say("donor: region at %p, %u chapters written\n", (void *)board, board->chapters);
    if (rename(REGION_DRAFT, REGION_PATH) == -1) /* only a finished region gets the name consumers look for */
        die("rename");

    pid_t pid = 0;
    if (argc > 1 && (pid = fork()) == 0) {
        execl(argv[1], argv[1], (char *)NULL);
        die(argv[1]);
    }
    for (int waited = 0; !atomic_load(&board->answered); waited += 2) {
        if (waited >= PATIENCE_MS)
            die("nobody answered");
        sleep_ms(2);
    }
    int status = 0;
    if (pid > 0)
        waitpid(pid, &status, 0);
    say("donor: the answer is \"%s\"\n", board->answer);
    if (pid > 0)
        say_status("donor: consumer", status);
    if (munmap(board, REGION_SIZE) == -1)
        die("munmap");
    if (unlink(REGION_PATH) == -1)
        die("unlink");
    say("donor: region removed\n");
    return 0;
}
