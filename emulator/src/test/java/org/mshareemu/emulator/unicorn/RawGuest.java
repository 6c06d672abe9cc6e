package org.mshareemu.emulator.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/// An engine at privilege level 3 without any of the care that vCPUs take: virtual = physical, all
/// rights, unless a test says so. Shows what the engine does on its own.
final class RawGuest implements EngineCallbacks, AutoCloseable {
    static final int RAM_BYTES = 1 << 20;
    static final long CODE = 0x1000;
    static final long DATA = 0x4000;
    static final long STACK_TOP = 0x9000;
    static final long ALL = GRANT_READ | GRANT_WRITE | GRANT_EXECUTE;

    interface Fill {
        long fill(long vaddr, int access);
    }

    private final Arena arena = Arena.ofConfined();
    final MemorySegment ram = arena.allocate(RAM_BYTES, 4096);
    final Engine engine;
    Fill fill = (vaddr, _) -> vaddr >= 0 && vaddr < RAM_BYTES ? vaddr | ALL : FILL_FAULT;
    int fills;

    RawGuest() {
        this(EngineOptions.defaults());
    }

    RawGuest(EngineOptions options) {
        engine = Engine.open(ram, options, this);
        engine.restoreContext(EngineLayout.get().pristineContext().address());
        engine.writeRegister(UcRegister.RSP, STACK_TOP);
    }

    void code(long paddr, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        MemorySegment.copy(bytes, 0, ram, JAVA_BYTE, paddr, bytes.length);
    }

    int readInt(long paddr) {
        return ram.get(JAVA_INT_UNALIGNED, paddr);
    }

    void writeInt(long paddr, int value) {
        ram.set(JAVA_INT_UNALIGNED, paddr, value);
    }

    void writeLong(long paddr, long value) {
        ram.set(JAVA_LONG_UNALIGNED, paddr, value);
    }

    long get(int register) {
        return engine.readRegister(register);
    }

    @Override
    public long fill(long vaddr, int access) {
        fills++;
        return fill.fill(vaddr, access);
    }

    @Override
    public void cpuid(int leaf, int subleaf, int[] registers) {
        registers[0] = leaf;
        registers[1] = subleaf;
        registers[2] = -1;
        registers[3] = 3;
    }

    @Override
    public long timeStampCounter() {
        return 0x1234_5678_9abc_def0L;
    }

    @Override
    public int timeStampAux() {
        return 7;
    }

    @Override
    public void instruction(long rip, int lengthBytes) {}

    @Override
    public void close() {
        engine.close();
        arena.close();
    }
}
