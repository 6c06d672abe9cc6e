/* Which directory operations does msharefs have, and which not? */
#include "mshare.h"

#include <dirent.h>
#include <sys/sysmacros.h>

static void list(const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++)
        say("  %s\n", entries[i]->d_name);
}

int main(void)
{
    struct stat status;
    mount_msharefs();
    MUST(chdir(MSHARE_DIRECTORY));
    CHECK(mkdir("team", 0750));
    CHECK(mkdir("team/inner", 0750));
    CHECK(mknod("made", S_IFREG | 0640, 0));
    close(CHECK_OK(open("team/region", O_RDWR | O_CREAT, 0666)));
    stat("team/region", &status);
    say("mode %o size %ld blocks %ld\n", status.st_mode, (long)status.st_size, (long)status.st_blocks);
    CHECK(symlink("made", "soft"));
    CHECK(mkfifo("fifo", 0600));
    CHECK(mknod("device", S_IFCHR | 0600, makedev(1, 3)));
    CHECK(open(".", O_TMPFILE | O_RDWR, 0600));
    CHECK(link("made", "team/second"));
    stat("made", &status);
    say("links %ld\n", (long)status.st_nlink);
    CHECK(rename("made", "team/moved"));
    CHECK(rename("team/moved", "team/inner"));
    CHECK(renameat2(AT_FDCWD, "team/moved", AT_FDCWD, "team/region", RENAME_NOREPLACE));
    CHECK(renameat2(AT_FDCWD, "team/moved", AT_FDCWD, "team/region", RENAME_EXCHANGE));
    CHECK(renameat2(AT_FDCWD, "team/moved", AT_FDCWD, "team/x", RENAME_WHITEOUT));
    CHECK(rmdir("team"));
    CHECK(chmod("team/moved", 0604));
    list(".");
    list("team");
    CHECK(rmdir("team/inner"));
    CHECK(unlink("team/moved"));
    CHECK(unlink("team/second"));
    CHECK(unlink("team/region"));
    CHECK(rmdir("team"));
    return 0;
}
