package org.mshareemu.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A guest that dies of a signal: the status is the one a shell would see, and `--faults` tells
/// where and why, to the byte.
class CrashJourneyTest {
    /// Crashes at the label `crash`, in the way its argument names.
    private static final String SOURCE =
            """
            #define _GNU_SOURCE
            #include <string.h>
            #include <sys/mman.h>
            #include <unistd.h>

            static char *const readonly = (char *) 0x20000000;
            static char *const file = (char *) 0x30000000;

            __attribute__((noinline, noclone)) static void store(char *address) {
                asm volatile(".globl crash_store\\ncrash_store: movb $1, (%0)" : : "r"(address) : "memory");
            }

            int main(int argc, char **argv) {
                if (!strcmp(argv[1], "maperr"))
                    store((char *) 0xdead0123);
                if (!strcmp(argv[1], "accerr")) {
                    mmap(readonly, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
                    store(readonly + 0x45);
                }
                if (!strcmp(argv[1], "bus")) {
                    int fd = memfd_create("short", 0);
                    if (ftruncate(fd, 10) == -1)
                        return 1;
                    mmap(file, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
                    store(file + 4096 + 7);
                }
                if (!strcmp(argv[1], "ill"))
                    asm volatile(".globl crash_ill\\ncrash_ill: ud2");
                if (!strcmp(argv[1], "fpe"))
                    asm volatile(".globl crash_fpe\\ncrash_fpe: divl %0" : : "r"(0), "a"(1), "d"(0));
                if (!strcmp(argv[1], "jump"))
                    asm volatile("jmp *%0" : : "r"(0x70000001UL));
                return 0;
            }
            """;

    @TempDir static Path folder;

    private static Path program() {
        Path built = folder.resolve("crash");
        return Files.exists(built) ? built : CProgram.compile(folder, "crash", SOURCE, "-no-pie");
    }

    private static String lastLine(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.isEmpty() ? "" : lines.getLast();
    }

    @ParameterizedTest
    @CsvSource({
        "maperr, 139, crash_store, SIGSEGV SEGV_MAPERR, 0xdead0123",
        "accerr, 139, crash_store, SIGSEGV SEGV_ACCERR, 0x20000045",
        "bus,    135, crash_store, SIGBUS BUS_ADRERR, 0x30001007",
        "ill,    132, crash_ill,   SIGILL ILL_ILLOPN, itself",
        "fpe,    136, crash_fpe,   SIGFPE FPE_INTDIV, itself",
    })
    void theSignalIsTheStatusAndTheFaultLogSaysWhere(
            String way, int status, String symbol, String signal, String address)
            throws IOException, InterruptedException {
        Path log = folder.resolve(way + ".log");
        Outcome emulated = CommandLine.emu("run", "--faults=" + log, program().toString(), way);
        assertEquals(new Outcome(status, "", ""), emulated);
        String line = lastLine(log);
        String rip = line.replaceFirst(".*\\] (0x[0-9a-f]+) .*", "$1");
        String wanted = address.equals("itself") ? rip : address;
        assertTrue(
                line.endsWith(
                        "crash] "
                                + rip
                                + " "
                                + symbol
                                + ": "
                                + signal
                                + ", si_addr "
                                + wanted
                                + ": killed"),
                line);
        Path scratch = Files.createDirectory(folder.resolve(way));
        Outcome natively =
                NativeRun.run(List.of(program().toString(), way), List.of(), null, scratch);
        assertEquals(natively.status(), emulated.status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maperr | user write, not present (6) at 0xdead0000 in no area: SIGSEGV MAPERR",
                "accerr | user write, not present (6) at 0x20000000 in 20000000-20001000 r--p"
                        + " anonymous: SIGSEGV ACCERR",
                "bus | user write, not present (6) at 0x30001000 in 30000000-30002000 rw-s"
                        + " /memfd:short (deleted): SIGBUS ADRERR",
            })
    void theFaultBeforeTheSignalIsLoggedWithItsArea(String way, String expected)
            throws IOException {
        Path log = folder.resolve(way + ".faults");
        CommandLine.emu("run", "--faults=" + log, program().toString(), way);
        List<String> lines = Files.readAllLines(log);
        String fault =
                lines.get(lines.size() - 2)
                        .replaceFirst(".*: user", "user")
                        .replaceFirst("(at 0x[0-9a-f]+)[0-9a-f]{3} ", "$1" + "000 ");
        assertEquals(expected, fault);
    }

    @ParameterizedTest
    @CsvSource({"jump, 139, 0x70000001"})
    void aWildJumpIsReportedAtItsTarget(String way, int status, String target) throws IOException {
        Path log = folder.resolve(way + ".log");
        Outcome emulated = CommandLine.emu("run", "--faults=" + log, program().toString(), way);
        assertEquals(new Outcome(status, "", ""), emulated);
        String line = lastLine(log);
        assertTrue(
                line.endsWith(
                        "] " + target + ": SIGSEGV SEGV_MAPERR, si_addr " + target + ": killed"),
                line);
    }
}
