package org.mshareemu.emulator.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Finds out by experiment how this engine is laid out, and that it behaves as the rest of the
/// program relies on.
///
/// The experiments run small pieces of guest code in an engine of their own, which is kept for
/// [FxsaveCodec].
final class EngineSelfTest implements EngineCallbacks {
    private static final int WANTED_VERSION = 0x0201_04;
    private static final String ANY_VERSION_PROPERTY = "mshareemu.unicorn.anyVersion";

    private static final int RAM_BYTES = 0x8000;
    private static final int CODE = 0x1000;
    static final int CODEC_CODE = 0x2000;
    static final int CODEC_BUFFER = 0x3000;
    private static final int TRANSLATION_BUFFER_BYTES = 1 << 20;

    /// The engine's structure is larger than this.
    private static final int ENGINE_BYTES = 14_000;

    private static final long MARKER = 0x0000_5eed_0000_1000L;
    private static final int FAULT_VADDR_1 = 0x5eed_1238;
    private static final int FAULT_VADDR_2 = 0x7ace_4560;

    private static final long MSR_EFER = 0xc000_0080L;
    private static final long MSR_STAR = 0xc000_0081L;
    private static final long EFER_SCE = 1;

    /// SYSRET's CS is 16 above this, with privilege level 3: 0x33, and SS 8 above it: 0x2b, as
    /// Linux has them.
    private static final long STAR_USER_BASE = 0x0023L << 48;

    private static final long CR0_MP = 1 << 1;

    /// Without it an x87 error is lost instead of raising #MF.
    private static final long CR0_NE = 1 << 5;

    private static final long FPCW_INITIAL = 0x37f;
    private static final long FPTAG_EMPTY = 0xffff;
    private static final long MXCSR_INITIAL = 0x1f80;
    private static final long RFLAGS_INITIAL = 0x202;

    final int[] registerOffsets = new int[EngineLayout.REGISTERS.length];
    int contextBytes;
    int pendingExceptionOffset;
    int exceptionCodeOffset;
    int softwareInterruptOffset;
    int faultAddressOffset;
    final MemorySegment pristineContext;

    private final MemorySegment ram = Arena.global().allocate(RAM_BYTES, 4096);
    private final Engine engine;
    private final MemorySegment context;
    private int fetches;

    private EngineSelfTest() {
        EngineOptions options =
                EngineOptions.defaults().withTranslationBufferBytes(TRANSLATION_BUFFER_BYTES);
        engine = Engine.openForSelfTest(ram, options, this);
        contextBytes = (int) Unicorn.contextBytes(engine.handle());
        context = Arena.global().allocate(contextBytes, 64);
        pristineContext = Arena.global().allocate(contextBytes, 64);
        Unicorn.initContext(engine.handle(), context);
        pristineContext.copyFrom(context);
    }

    static EngineLayout run() {
        checkVersion(Unicorn.version(), Boolean.getBoolean(ANY_VERSION_PROPERTY));
        EngineSelfTest test = new EngineSelfTest();
        test.enterPrivilegeLevel3();
        test.findRegisters();
        test.findFlags();
        test.findExceptionWords();
        test.findFaultAddress();
        test.checkInvalidOpcode();
        return new EngineLayout(test);
    }

    /// Exactly one version is known: older ones lack the TLB-fill hook or have it wrong, newer ones
    /// may drop translations of changed code differently.
    static void checkVersion(int version, boolean anyNewer) {
        int known = version >>> 8;
        if (known == WANTED_VERSION || (known > WANTED_VERSION && anyNewer)) {
            return;
        }
        String text =
                (version >>> 24) + "." + (version >>> 16 & 0xff) + "." + (version >>> 8 & 0xff);
        String wanted = "Unicorn 2.1.4 is needed";
        throw new UnsupportedEngineException(
                known < WANTED_VERSION
                        ? Unicorn.path() + " is Unicorn " + text + ", which is too old: " + wanted
                        : Unicorn.path()
                                + " is Unicorn "
                                + text
                                + ", which is newer than what is known to work: "
                                + wanted
                                + " (or -D"
                                + ANY_VERSION_PROPERTY
                                + "=true)");
    }

    FxsaveCodec fxsaveCodec(EngineLayout layout) {
        return new FxsaveCodec(engine, ram, layout);
    }

    /// Writing CS changes the selector but not the level; only SYSRET does.
    private void enterPrivilegeLevel3() {
        writeMsr(MSR_EFER, readMsr(MSR_EFER) | EFER_SCE);
        writeMsr(MSR_STAR, STAR_USER_BASE);
        engine.writeRegister(UcRegister.CR0, engine.readRegister(UcRegister.CR0) | CR0_MP | CR0_NE);
        engine.writeRegister(UcRegister.FPCW, FPCW_INITIAL);
        engine.writeRegister(UcRegister.FPTAG, FPTAG_EMPTY);
        engine.writeRegister(UcRegister.MXCSR, MXCSR_INITIAL);
        int target = CODE + 16;
        engine.writeRegister(UcRegister.RCX, target);
        engine.writeRegister(UcRegister.R11, RFLAGS_INITIAL);
        code(target, 0x0f, 0x05); // syscall
        code(CODE, 0x48, 0x0f, 0x07); // sysretq
        fetches = 0;
        expect("sysret and syscall", engine.run(CODE) == Engine.RunEnd.SYSCALL);
        // One fetch per privilege level, and none on leaving.
        expect("no lookup when a run ends", fetches == 2);
        expect("RIP behind the syscall", engine.readRegister(UcRegister.RIP) == target + 2);
        expect("privilege level 3", (engine.readRegister(UcRegister.CS) & 0xffff) == 0x33);
        for (int register : EngineLayout.REGISTERS) {
            if (register != UcRegister.EFLAGS) {
                engine.writeRegister(register, 0);
            }
        }
        save(pristineContext);
    }

    private void findRegisters() {
        for (int i = 0; i < EngineLayout.REGISTERS.length; i++) {
            if (EngineLayout.REGISTERS[i] != UcRegister.EFLAGS) {
                engine.writeRegister(EngineLayout.REGISTERS[i], MARKER + i);
            }
        }
        save(context);
        for (int i = 0; i < EngineLayout.REGISTERS.length; i++) {
            if (EngineLayout.REGISTERS[i] != UcRegister.EFLAGS) {
                registerOffsets[i] =
                        onlyLong(
                                context,
                                contextBytes,
                                MARKER + i,
                                "register " + EngineLayout.REGISTERS[i]);
            }
        }
        restore(pristineContext);
    }

    /// Outside a run the flags stand whole in one word, which also is what the next run starts
    /// from.
    private void findFlags() {
        runCode(0x31, 0xc0, 0x0f, 0x05); // xor eax, eax; syscall
        expect("RFLAGS after xor", engine.readRegister(UcRegister.EFLAGS) == 0x246);
        int offset = onlyLong(context, contextBytes, 0x246, "RFLAGS");
        registerOffsets[indexOf(UcRegister.EFLAGS)] = offset;
        long wanted = 0x603; // DF, IF, CF
        context.set(JAVA_LONG, offset, wanted);
        code(CODE, 0x31, 0xc9, 0x0f, 0x05); // keep the next code apart from this one
        code(CODE + 64, 0x9c, 0x5b, 0x0f, 0x05); // pushf; pop rbx; syscall
        context.set(JAVA_LONG, registerOffsets[indexOf(UcRegister.RSP)], RAM_BYTES - 64);
        restore(context);
        engine.run(CODE + 64);
        expect("RFLAGS in a context", engine.readRegister(UcRegister.RBX) == wanted);
        restore(pristineContext);
    }

    private void findExceptionWords() {
        Engine.RunEnd end =
                runCode(
                        0xb8, 0x34, 0x12, 0xff, 0x7f, 0x8e,
                        0xd8); // mov eax, 0x7fff1234; mov ds, ax
        expect("#GP", end == Engine.RunEnd.INTERRUPT && engine.interruptVector() == 13);
        expect("RIP at the faulting instruction", engine.readRegister(UcRegister.RIP) == CODE + 5);
        pendingExceptionOffset = -1;
        for (int offset = 0; offset < contextBytes; offset += 4) {
            if (pristineContext.get(JAVA_INT, offset) == -1
                    && context.get(JAVA_INT, offset) == 13) {
                expect("one word for the pending exception", pendingExceptionOffset == -1);
                pendingExceptionOffset = offset;
            }
        }
        expect("a word for the pending exception", pendingExceptionOffset >= 0);
        exceptionCodeOffset = onlyInt(context, contextBytes, 0x1234, "error code");
        softwareInterruptOffset = exceptionCodeOffset + 4;
        expect(
                "software interrupt flag clear",
                context.get(JAVA_INT, softwareInterruptOffset) == 0);
        restore(pristineContext);
        end = runCode(0xcd, 0x77); // int 0x77
        expect("int n", end == Engine.RunEnd.INTERRUPT && engine.interruptVector() == 0x77);
        expect("software interrupt flag set", context.get(JAVA_INT, softwareInterruptOffset) == 1);
        restore(pristineContext);
    }

    private void findFaultAddress() {
        int first = faultAt(FAULT_VADDR_1);
        int second = faultAt(FAULT_VADDR_2);
        expect("one place for the fault address", first == second);
        faultAddressOffset = first;
    }

    private int faultAt(int vaddr) {
        // mov rax, [vaddr]
        Engine.RunEnd end =
                runCode(
                        0x48,
                        0x8b,
                        0x04,
                        0x25,
                        vaddr & 0xff,
                        vaddr >> 8 & 0xff,
                        vaddr >> 16 & 0xff,
                        vaddr >>> 24);
        expect("refused fill", end == Engine.RunEnd.FAULT);
        expect("RIP at the refused access", engine.readRegister(UcRegister.RIP) == CODE);
        restore(pristineContext);
        MemorySegment structure = Unicorn.EVERYTHING.asSlice(engine.handle(), ENGINE_BYTES);
        return onlyLong(structure, ENGINE_BYTES, vaddr, "fault address");
    }

    private void checkInvalidOpcode() {
        Engine.RunEnd end = runCode(0x0f, 0x0b); // ud2
        expect(
                "#UD",
                end == Engine.RunEnd.INVALID_INSTRUCTION
                        && engine.readRegister(UcRegister.RIP) == CODE);
        restore(pristineContext);
    }

    private Engine.RunEnd runCode(int... bytes) {
        code(CODE, bytes);
        engine.removeAllTranslations();
        Engine.RunEnd end = engine.run(CODE);
        save(context);
        return end;
    }

    private void code(int paddr, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            ram.set(JAVA_BYTE, paddr + i, (byte) bytes[i]);
        }
    }

    private void save(MemorySegment target) {
        engine.saveContext(target.address());
    }

    private void restore(MemorySegment source) {
        engine.restoreContext(source.address());
    }

    /// `uc_x86_msr { uint32_t rid; uint64_t value; }`.
    private long readMsr(long number) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment msr = arena.allocate(16, 8);
            msr.set(JAVA_LONG, 0, number);
            Unicorn.readRegister(engine.handle(), UcRegister.MSR, msr.address());
            return msr.get(JAVA_LONG, 8);
        }
    }

    private void writeMsr(long number, long value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment msr = arena.allocate(16, 8);
            msr.set(JAVA_LONG, 0, number);
            msr.set(JAVA_LONG, 8, value);
            Unicorn.writeRegister(engine.handle(), UcRegister.MSR, msr.address());
        }
    }

    private static int indexOf(int register) {
        for (int i = 0; i < EngineLayout.REGISTERS.length; i++) {
            if (EngineLayout.REGISTERS[i] == register) {
                return i;
            }
        }
        throw new AssertionError(register);
    }

    private static int onlyLong(MemorySegment memory, int length, long value, String what) {
        int found = -1;
        for (int offset = 0; offset + 8 <= length; offset += 8) {
            if (memory.get(JAVA_LONG, offset) == value) {
                expect("one place for " + what, found == -1);
                found = offset;
            }
        }
        expect("a place for " + what, found >= 0);
        return found;
    }

    private static int onlyInt(MemorySegment memory, int length, int value, String what) {
        int found = -1;
        for (int offset = 0; offset + 4 <= length; offset += 4) {
            if (memory.get(JAVA_INT, offset) == value) {
                expect("one place for " + what, found == -1);
                found = offset;
            }
        }
        expect("a place for " + what, found >= 0);
        return found;
    }

    private static void expect(String what, boolean holds) {
        if (!holds) {
            throw new UnsupportedEngineException(
                    Unicorn.path()
                            + " behaves differently from Unicorn 2.1.4: self-test \""
                            + what
                            + "\" failed");
        }
    }

    @Override
    public long fill(long vaddr, int access) {
        if (access == ACCESS_FETCH) {
            fetches++;
        }
        return vaddr >= CODE && vaddr < RAM_BYTES
                ? vaddr | GRANT_READ | GRANT_WRITE | GRANT_EXECUTE
                : FILL_FAULT;
    }

    @Override
    public void cpuid(int leaf, int subleaf, int[] registers) {
        throw new IllegalStateException("cpuid in the self-test");
    }

    @Override
    public long timeStampCounter() {
        throw new IllegalStateException("rdtsc in the self-test");
    }

    @Override
    public int timeStampAux() {
        throw new IllegalStateException("rdtscp in the self-test");
    }

    @Override
    public void instruction(long rip, int lengthBytes) {
        throw new IllegalStateException("trace in the self-test");
    }
}
