/* What may rename replace, and what do its flags do? */
#include "guest.h"

#include <sys/stat.h>

static void put(const char *name, const char *text)
{
    int fd = MUST(open(name, O_CREAT | O_WRONLY | O_TRUNC, 0600));
    MUST(write(fd, text, strlen(text)));
    close(fd);
}

static void show(const char *name)
{
    char text[32] = "";
    int fd = open(name, O_RDONLY);
    if (fd == -1 || read(fd, text, sizeof text - 1) < 0)
        say("  %s: %s\n", name, errno_name(errno));
    else
        say("  %s: %s\n", name, text);
    close(fd);
}

int main(void)
{
    put("a", "contents of a");
    put("b", "contents of b");
    MUST(mkdir("d", 0755));
    MUST(mkdir("e", 0755));
    MUST(mkdir("e/inner", 0755));
    int held = MUST(open("b", O_RDONLY));
    CHECK(rename("a", "b"));
    show("a");
    show("b");
    char text[32] = "";
    MUST(read(held, text, 31));
    say("the replaced file lives on by descriptor: %s\n", text);
    CHECK(rename("b", "b"));
    CHECK(rename("missing", "b"));
    CHECK(rename("b", "d"));
    CHECK(rename("d", "b"));
    CHECK(rename("d", "e"));
    CHECK(rename("e", "d"));
    CHECK(rename("d", "d/below"));
    CHECK(rename("d/inner", "d"));
    CHECK(rename("b", "d/inner/moved"));
    show("d/inner/moved");
    CHECK(rename("d/inner/moved", "missing/x"));
    CHECK(rename("d/inner/moved", "x/"));
    CHECK(rename(".", "y"));
    put("c", "contents of c");
    CHECK(renameat2(AT_FDCWD, "c", AT_FDCWD, "d", RENAME_NOREPLACE));
    CHECK(renameat2(AT_FDCWD, "c", AT_FDCWD, "d", RENAME_EXCHANGE));
    show("d");
    CHECK(renameat2(AT_FDCWD, "c", AT_FDCWD, "z", RENAME_EXCHANGE));
    CHECK(renameat2(AT_FDCWD, "c", AT_FDCWD, "z", RENAME_NOREPLACE | RENAME_EXCHANGE));
    CHECK(renameat2(AT_FDCWD, "c", AT_FDCWD, "z", 0x80));
    unlink("c/inner/moved"); rmdir("c/inner"); rmdir("c"); unlink("d");
    return 0;
}
