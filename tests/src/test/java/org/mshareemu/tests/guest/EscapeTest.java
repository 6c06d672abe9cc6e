package org.mshareemu.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A guest sees nothing of the host but its own program and what is bound, and changes only what is
/// bound for writing.
class EscapeTest {
    /// `read PATH`, `write PATH`, `link TARGET PATH`: prints what it read, or the number of the
    /// error.
    private static final String SOURCE =
            """
            #define _GNU_SOURCE
            #include <errno.h>
            #include <fcntl.h>
            #include <stdio.h>
            #include <string.h>
            #include <sys/stat.h>
            #include <unistd.h>

            static int result(const char *what, long value) {
                printf("%s: %s\\n", what, value < 0 ? strerrorname_np(errno) : "ok");
                return value < 0;
            }

            int main(int argc, char **argv) {
                char text[64] = {0};
                int fd;
                if (!strcmp(argv[1], "read")) {
                    fd = open(argv[2], O_RDONLY);
                    if (fd < 0 || read(fd, text, 63) < 0)
                        return result("read", -1);
                    printf("%s", text);
                    return 0;
                }
                if (!strcmp(argv[1], "write")) {
                    fd = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
                    return result("write", fd < 0 ? -1 : write(fd, "guest\\n", 6));
                }
                if (!strcmp(argv[1], "remove"))
                    return result("remove", unlink(argv[2]));
                if (symlink(argv[2], argv[3]) < 0)
                    return result("link", -1);
                fd = open(argv[3], O_RDONLY);
                return result("follow", fd);
            }
            """;

    @TempDir Path folder;
    private String program = "";
    private Path bound;
    private Path secret;

    @BeforeEach
    void prepare() throws IOException {
        program = CProgram.compile(folder, "reach", SOURCE).toString();
        bound = Files.createDirectory(folder.resolve("bound"));
        secret = Files.writeString(folder.resolve("secret"), "secret\n");
        Files.writeString(bound.resolve("open"), "open\n");
        Files.createSymbolicLink(bound.resolve("out"), Path.of("../secret"));
        Files.createSymbolicLink(bound.resolve("absolute"), secret);
        Files.createSymbolicLink(bound.resolve("in"), Path.of("open"));
    }

    private Outcome reach(String bind, String... command) {
        String[] arguments = new String[command.length + 3];
        arguments[0] = "run";
        arguments[1] = "--bind=" + bind;
        arguments[2] = program;
        System.arraycopy(command, 0, arguments, 3, command.length);
        return CommandLine.emu(arguments);
    }

    @Test
    void whatIsBoundCanBeRead() {
        assertEquals(new Outcome(0, "open\n", ""), reach(bound + ":/data", "read", "/data/open"));
        assertEquals(new Outcome(0, "open\n", ""), reach(bound + ":/data", "read", "/data/in"));
        assertEquals(
                new Outcome(0, "open\n", ""),
                reach(bound.resolve("open") + ":/one", "read", "/one"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/../secret",
                "/data/out",
                "/data/absolute",
                "/data/../../secret",
                "/proc/self/root/data/../../secret",
                "/proc/self/cwd/../secret",
                "/etc/hostname",
                "/proc/1/root/etc/hostname",
            })
    void nothingElseIsThere(String path) {
        assertEquals(new Outcome(1, "read: ENOENT\n", ""), reach(bound + ":/data", "read", path));
    }

    @Test
    void absolutePathsOfTheHostLeadNowhere() {
        assertEquals(
                new Outcome(1, "read: ENOENT\n", ""),
                reach(bound + ":/data", "read", secret.toString()));
        assertEquals(
                new Outcome(1, "read: ENOENT\n", ""),
                reach(bound + ":/data", "read", "/proc/self/root" + secret));
        assertEquals(
                new Outcome(1, "follow: ENOENT\n", ""),
                reach(bound + ":/data", "link", secret.toString(), "/link"));
    }

    @Test
    void aReadOnlyBindIsNotWritten() throws IOException {
        assertEquals(
                new Outcome(1, "write: EROFS\n", ""),
                reach(bound + ":/data", "write", "/data/open"));
        assertEquals(
                new Outcome(1, "write: EROFS\n", ""),
                reach(bound + ":/data", "write", "/data/new"));
        assertEquals(
                new Outcome(1, "remove: EROFS\n", ""),
                reach(bound + ":/data", "remove", "/data/open"));
        assertEquals("open\n", Files.readString(bound.resolve("open")));
        assertFalse(Files.exists(bound.resolve("new")));
    }

    @Test
    void aWritableBindIsWrittenButNotLeft() throws IOException {
        assertEquals(
                new Outcome(0, "write: ok\n", ""),
                reach(bound + ":/data:rw", "write", "/data/new"));
        assertEquals("guest\n", Files.readString(bound.resolve("new")));
        reach(bound + ":/data:rw", "write", "/data/out");
        reach(bound + ":/data:rw", "write", "/data/absolute");
        assertEquals("secret\n", Files.readString(secret));
        // A link that the guest plants leads it nowhere either.
        assertEquals(
                new Outcome(1, "follow: ENOENT\n", ""),
                reach(bound + ":/data:rw", "link", "../secret", "/data/planted"));
    }

    @Test
    void aHostFolderAsRootIsNeverWritten() throws IOException {
        Files.writeString(bound.resolve("file"), "before\n");
        Path inside = Files.copy(Path.of(program), bound.resolve("reach"));
        assertFalse(inside.toFile().setExecutable(true) && Files.notExists(inside));
        Outcome outcome = CommandLine.emu("run", "--root=" + bound, "/reach", "write", "/file");
        assertEquals(new Outcome(0, "write: ok\n", ""), outcome);
        assertEquals("before\n", Files.readString(bound.resolve("file")));
        assertEquals(
                new Outcome(1, "read: ENOENT\n", ""),
                CommandLine.emu("run", "--root=" + bound, "/reach", "read", "/../secret"));
        assertEquals(
                new Outcome(1, "read: ENOENT\n", ""),
                CommandLine.emu("run", "--root=" + bound, "/reach", "read", "/out"));
    }

    @Test
    void theProgramsOwnFileIsNotWritten() throws IOException {
        byte[] before = Files.readAllBytes(Path.of(program));
        CommandLine.emu("run", program, "remove", program);
        CommandLine.emu("run", program, "write", program);
        assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(Path.of(program))));
    }
}
