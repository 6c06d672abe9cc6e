package org.mshareemu.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class StraceTest {
    /// Without a C library, so that the log holds nothing but these calls.
    private static final String SOURCE =
            """
            static long call(long n, long a, long b, long c, long d, long e, long f) {
                long r;
                register long r10 asm("r10") = d;
                register long r8 asm("r8") = e;
                register long r9 asm("r9") = f;
                asm volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
                return r;
            }

            void _start(void) {
                char buffer[8];
                int fds[2], status;
                call(9, 0x10000000, 8192, 3, 0x32, -1, 0);
                call(10, 0x10000000, 4096, 0, 0, 0, 0);
                call(257, -100, (long) "/missing", 0, 0, 0, 0);
                call(22, (long) fds, 0, 0, 0, 0, 0);
                if (call(57, 0, 0, 0, 0, 0, 0) == 0) {
                    call(1, fds[1], (long) "hello", 5, 0, 0, 0);
                    *(volatile char *) 0x10000007 = 1;
                }
                call(0, fds[0], (long) buffer, 8, 0, 0, 0);
                call(61, -1, (long) &status, 0, 0, 0, 0);
                call(231, 3, 0, 0, 0, 0, 0);
            }
            """;

    @TempDir Path folder;

    @Test
    void callsSignalsAndEndsAreTold() throws IOException {
        Path program =
                CProgram.compile(folder, "calls", SOURCE, "-nostdlib", "-fno-stack-protector");
        Path log = folder.resolve("log");
        Outcome outcome = CommandLine.emu("run", "--strace=" + log, program.toString());
        assertEquals(new Outcome(3, "", ""), outcome);
        List<String> lines = Files.readAllLines(log);
        String first = lines.getFirst().replaceFirst(" .*", "");
        String child =
                lines.stream()
                        .filter(line -> line.contains("+++ killed"))
                        .findFirst()
                        .orElseThrow()
                        .replaceFirst(" .*", "");
        List<String> expected =
                List.of(
                        "P mmap(0x10000000, 8192, PROT_READ|PROT_WRITE,"
                                + " MAP_PRIVATE|MAP_FIXED|MAP_ANONYMOUS, -1, 0x0) = 0x10000000",
                        "P mprotect(0x10000000, 4096, PROT_NONE) = 0",
                        "P openat(AT_FDCWD, \"/missing\", O_RDONLY) = -1 ENOENT (No such file or"
                                + " directory)",
                        "P pipe([3, 4]) = 0",
                        "P fork() = C",
                        "C write(4, \"hello\", 5) = 5",
                        "C --- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_ACCERR, si_addr=0x10000007}"
                                + " ---",
                        "C +++ killed by SIGSEGV +++",
                        "P exit_group(3) = ?",
                        "P +++ exited with 3 +++");
        List<String> told =
                lines.stream()
                        .map(line ->
                                line.startsWith(first + " ")
                                        ? "P" + line.substring(first.length())
                                        : line)
                        .map(line ->
                                line.startsWith(child + " ")
                                        ? "C" + line.substring(child.length())
                                        : line)
                        .map(line ->
                                line.replaceFirst("^([PC]) +", "$1 ")
                                        .replace("fork() = " + child, "fork() = C"))
                        .toList();
        assertTrue(told.containsAll(expected), () -> String.join("\n", told));
        // The parent blocks in read or wait4 while the child runs: its line is broken in two.
        assertTrue(
                told.stream()
                        .anyMatch(line ->
                                line.matches("P (read\\(3, |wait4\\(-1, ) <unfinished \\.\\.\\.>")),
                () -> String.join("\n", told));
        assertTrue(
                told.stream().anyMatch(line -> line.startsWith("P <... ")),
                () -> String.join("\n", told));
        String all = String.join("\n", told);
        assertTrue(all.contains("\"hello\", 8) = 5"), all);
        assertTrue(
                all.contains("[{WIFSIGNALED(s) && WTERMSIG(s) == SIGSEGV}], 0, NULL) = " + child),
                all);
    }
}
