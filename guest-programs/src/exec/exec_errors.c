/* Which errno does execve give for everything that cannot be executed? */
#include "guest.h"

#include <elf.h>
#include <sys/stat.h>

static char *arguments[] = {"program", NULL};

static void put_file(const char *name, const void *bytes, size_t length, mode_t mode)
{
    int fd = MUST(open(name, O_CREAT | O_WRONLY | O_TRUNC, mode));
    MUST(write(fd, bytes, length));
    close(fd);
}

int main(void)
{
    static char long_name[300];
    memset(long_name, 'n', sizeof long_name - 1);
    Elf64_Ehdr header = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT}, .e_type = ET_EXEC,
                         .e_machine = EM_AARCH64, .e_version = EV_CURRENT, .e_phoff = sizeof header,
                         .e_phentsize = sizeof(Elf64_Phdr), .e_phnum = 1};
    put_file("plain", "just text\n", 10, 0755);
    put_file("not-executable", "#!/proc/self/exe\n", 17, 0644);
    put_file("empty", "", 0, 0755);
    put_file("other-machine", &header, sizeof header, 0755);
    header.e_machine = EM_X86_64;
    put_file("header-only", &header, sizeof header, 0755);
    put_file("lost-interpreter", "#!/no/such/interpreter\n", 23, 0755);
    MUST(mkdir("directory", 0755));
    MUST(symlink("loop", "loop"));

    CHECK(execve("missing", arguments, environ));
    CHECK(execve("", arguments, environ));
    CHECK(execve("plain", arguments, environ));
    CHECK(execve("empty", arguments, environ));
    CHECK(execve("not-executable", arguments, environ));
    CHECK(execve("other-machine", arguments, environ));
    CHECK(execve("header-only", arguments, environ));
    CHECK(execve("lost-interpreter", arguments, environ));
    CHECK(execve("directory", arguments, environ));
    CHECK(execve("plain/below", arguments, environ));
    CHECK(execve("loop", arguments, environ));
    CHECK(execve(long_name, arguments, environ));
    CHECK(execve(nowhere(), arguments, environ));
    CHECK(execve("/proc/self/exe", nowhere(), environ));
    CHECK(execve("/proc/self/exe", arguments, nowhere()));
    CHECK(execve("/proc/self/exe", (char *[]){"program", nowhere(), NULL}, environ));

    unlink("plain"); unlink("not-executable"); unlink("empty"); unlink("other-machine"); unlink("header-only");
    unlink("lost-interpreter"); unlink("loop"); rmdir("directory");
    return 0;
}
