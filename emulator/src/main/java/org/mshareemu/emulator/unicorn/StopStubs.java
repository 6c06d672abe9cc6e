package org.mshareemu.emulator.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Host machine code for the two hooks that are called too often for an upcall: one page, executable and never writable at
/// the same time, shared by all engines.
///
/// Each stub's user data is an engine's control block:
///
///     0   long  blocks left; the block that counts it down to 0 does not run any more
///     8   int   1 when a SYSCALL instruction ended the run
final class StopStubs {
    static final int CONTROL_BYTES = 64;
    static final int CONTROL_COUNTDOWN = 0;
    static final int CONTROL_SYSCALL = 8;

    /// Room for a register's value on its way through the engine's interface; 16 bytes.
    static final int CONTROL_SCRATCH = 16;

    private static final long PROT_READ = 1;
    private static final long PROT_WRITE = 2;
    private static final long PROT_EXEC = 4;
    private static final long MAP_PRIVATE = 2;
    private static final long MAP_ANONYMOUS = 0x20;
    private static final long PAGE_BYTES = 4096;
    private static final int STUB_BYTES = 32;

    /// `void block(uc = rdi, address = rsi, size = edx, control = rcx)`.
    private static final byte[] BLOCK = {
        0x48,
        (byte) 0xff,
        0x09, // dec qword [rcx]
        0x74,
        0x01, // jz stop
        (byte) 0xc3, // ret
        0x48,
        (byte) 0xb8,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0, // stop: mov rax, uc_emu_stop
        (byte) 0xff,
        (byte) 0xe0 // jmp rax
    };

    /// `void syscall(uc = rdi, control = rsi)`.
    private static final byte[] SYSCALL = {
        (byte) 0xc7,
        0x46,
        CONTROL_SYSCALL,
        1,
        0,
        0,
        0, // mov dword [rsi+8], 1
        0x48,
        (byte) 0xb8,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0, // mov rax, uc_emu_stop
        (byte) 0xff,
        (byte) 0xe0 // jmp rax
    };

    private static final int STOP_ADDRESS_FROM_END = 10;

    private StopStubs() {}

    static EngineOptions.Stops bestForThisHost() {
        String arch = System.getProperty("os.arch");
        boolean known = arch.equals("amd64") && System.getProperty("os.name").equals("Linux");
        return known ? EngineOptions.Stops.MACHINE_CODE : EngineOptions.Stops.UPCALL;
    }

    static long block() {
        return Page.ADDRESS;
    }

    static long syscall() {
        return Page.ADDRESS + STUB_BYTES;
    }

    /// The page, made when the first engine asks for it.
    private static final class Page {
        static final long ADDRESS = make();

        private static long make() {
            MethodHandle mmap = Unicorn.libraryFunction("mmap");
            MethodHandle mprotect = Unicorn.libraryFunction("mprotect");
            try {
                long address =
                        (long)
                                mmap.invokeExact(
                                        0L,
                                        PAGE_BYTES,
                                        PROT_READ | PROT_WRITE,
                                        MAP_PRIVATE | MAP_ANONYMOUS,
                                        -1L,
                                        0L,
                                        0L,
                                        0L);
                if (address == -1) {
                    throw new UnsupportedEngineException("no memory for the engine's stop stubs");
                }
                write(BLOCK, address);
                write(SYSCALL, address + STUB_BYTES);
                int refused =
                        (int)
                                (long)
                                        mprotect.invokeExact(
                                                address,
                                                PAGE_BYTES,
                                                PROT_READ | PROT_EXEC,
                                                0L,
                                                0L,
                                                0L,
                                                0L,
                                                0L);
                if (refused != 0) {
                    throw new UnsupportedEngineException(
                            "this host forbids making memory executable; run with"
                                    + " -Dmshareemu.engine.stops=UPCALL");
                }
                return address;
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable t) {
                throw new AssertionError("downcall", t);
            }
        }

        private static void write(byte[] code, long address) {
            MemorySegment target = Unicorn.EVERYTHING.asSlice(address, code.length);
            MemorySegment.copy(code, 0, target, JAVA_BYTE, 0, code.length);
            target.set(
                    JAVA_LONG_UNALIGNED,
                    code.length - STOP_ADDRESS_FROM_END,
                    Unicorn.symbol("uc_emu_stop"));
        }
    }
}
