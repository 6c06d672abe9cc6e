package org.mshareemu.emulator.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.nio.charset.StandardCharsets;

class CallSignatureTest {
    private static final long PAGE = 0x10000;

    private final PhysicalMemory memory = PhysicalMemory.reserve(1 << 20);
    private final FrameTable frames = FrameTable.reserve(memory.frameCount());
    private final FrameAllocator allocator = new FrameAllocator(memory, frames, Checking.ON);
    private final PageTables tables = new PageTables(memory, allocator, frames);
    private final long root = tables.allocRoot();
    private final long pfn = allocator.allocate(FrameUse.ANON);
    private final CallView view;

    CallSignatureTest() {
        tables.map(root, PAGE, Level.PTE, Pte.make(pfn, Pte.P | Pte.RW | Pte.US));
        view =
                new CallView(
                        new GuestView(memory, new PageWalker(memory, PagingControls.LINUX), root));
    }

    @AfterEach
    void close() {
        frames.close();
        memory.close();
    }

    private void put(int offset, String latin) {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        memory.copyFromArray((pfn << 12) + offset, bytes, 0, bytes.length);
    }

    private void putLong(int offset, long value) {
        memory.writeLong((pfn << 12) + offset, value);
    }

    private void putInt(int offset, int value) {
        memory.writeInt((pfn << 12) + offset, value);
    }

    private String call(String name, long result, long... arguments) {
        System.arraycopy(arguments, 0, view.arguments, 0, arguments.length);
        view.result = result;
        CallSignature signature = CallSignature.of(name);
        StringBuilder text = new StringBuilder();
        signature.append(text, view, 0, signature.count());
        return text.toString();
    }

    @Test
    void pathsFlagsAndModesAreSpelledOut() {
        put(0, "/tmp/a\"b\0");
        assertEquals(
                "AT_FDCWD, \"/tmp/a\\\"b\", O_RDWR|O_CREAT|O_CLOEXEC, 0644",
                call("openat", 3, -100, PAGE, 02000102, 0644));
        assertEquals(
                "AT_FDCWD, \"/tmp/a\\\"b\", O_RDONLY|O_DIRECTORY",
                call("openat", 3, -100, PAGE, 0200000, 0644));
        assertEquals("\"/tmp/a\\\"b\", F_OK", call("access", 0, PAGE, 0));
        assertEquals("\"/tmp/a\\\"b\", 0700", call("mkdir", 0, PAGE, 0700));
        assertEquals("0x9000, O_RDONLY", call("open", -14, 0x9000, 0, 0));
    }

    @Test
    void memoryCallsAreSpelledOut() {
        assertEquals(
                "NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0x0",
                call("mmap", 0x7f00, 0, 4096, 3, 0x22, -1, 0));
        assertEquals("0x1000, 8192, PROT_NONE", call("mprotect", 0, 0x1000, 8192, 0));
        assertEquals("0x1000, 8192, MADV_DONTNEED", call("madvise", 0, 0x1000, 8192, 4));
        assertEquals("NULL", call("brk", 0x4000, 0));
    }

    @Test
    void buffersAreCutAndEscaped() {
        put(0, "ab\n\t\1\0017\377" + "x".repeat(100));
        assertEquals(
                "1, \"ab\\n\\t\\1\\0017\\377xxxxxxxxxxxxxxxxxxxxxxxx\"..., 108",
                call("write", 108, 1, PAGE, 108));
        assertEquals("0, \"ab\", 100", call("read", 2, 0, PAGE, 100));
        assertEquals("0, 0x10000, 100", call("read", -11, 0, PAGE, 100));
    }

    @Test
    void structuresAreSpelledOut() {
        putLong(0, 1);
        putLong(8, 500);
        assertEquals("{tv_sec=1, tv_nsec=500}, NULL", call("nanosleep", 0, PAGE, 0));
        putInt(64, 3);
        putInt(68, 4);
        assertEquals("[3, 4]", call("pipe", 0, PAGE + 64));
        putInt(128, 0x200);
        assertEquals(
                "-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 2}], 0, NULL",
                call("wait4", 7, -1, PAGE + 128, 0, 0));
        putInt(128, 0x8b);
        assertEquals(
                "7, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGSEGV && WCOREDUMP(s)}],"
                        + " WNOHANG|WUNTRACED, NULL",
                call("wait4", 7, 7, PAGE + 128, 3, 0));
        putLong(192, 0x401000);
        putLong(200, 0x14000004);
        putLong(208, 0x402000);
        putLong(216, 1 << 9);
        assertEquals(
                "SIGUSR1, {sa_handler=0x401000, sa_mask=[USR1],"
                    + " sa_flags=SA_SIGINFO|SA_RESTORER|SA_RESTART, sa_restorer=0x402000}, NULL, 8",
                call("rt_sigaction", 0, 10, PAGE + 192, 0, 8));
    }

    @Test
    void argumentVectorsAreSpelledOut() {
        put(0, "/bin/true\0");
        putLong(16, PAGE);
        putLong(24, 0);
        putLong(32, PAGE);
        putLong(40, PAGE);
        putLong(48, 0);
        assertEquals(
                "\"/bin/true\", [\"/bin/true\"], 0x10020 /* 2 vars */",
                call("execve", 0, PAGE, PAGE + 16, PAGE + 32));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-2 | -1 ENOENT (No such file or directory)",
                "-512 | ? ERESTARTSYS (To be restarted if SA_RESTART is set)",
                "-121 | -1 EREMOTEIO"
            })
    void errorsHaveTheWordsOfStrerror(long result, String words) {
        StringBuilder text = new StringBuilder();
        ErrorText.append(text, result);
        assertEquals(words, text.toString());
    }

    @Test
    void aCallWithoutASignatureShowsItsRegisters() {
        assertEquals("0x1, 0x2, 0x3, 0x4, 0x5, 0x6", call("keyctl", 0, 1, 2, 3, 4, 5, 6));
    }

    /// Every line of the table names a real call and only kinds that exist.
    @Test
    void everySignatureCanBeRead() {
        int known = 0;
        for (int number = 0; number < SyscallNumber.COUNT; number++) {
            known += CallSignature.isKnown(SyscallNumber.name(number)) ? 1 : 0;
        }
        assertEquals(CallSignature.knownCount(), known);
    }
}
