package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Instructions whose pages come and get their rights one by one end in the state of an undisturbed
/// run.
final class DemandFaultTest {
    private static final long SOURCE = 0x62_0000;
    private static final long DESTINATION = 0x70_0000;
    private static final long STACK = 0x7fff_0000_0000L;
    private static final long LANDING = TestMachine.CODE + 0x800;
    private static final int PAGES = 2;
    private static final long[] AREAS = {SOURCE, DESTINATION, STACK};

    private enum Way {
        ALL_MAPPED,
        MAPPED_IN_THE_FILL,
        MAPPED_AFTER_LEAVING
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "push rax, 50",
        "push [rsi], ff36",
        "pop rax, 58",
        "pop [rdi], 8f07",
        "call next, e8fb070000",
        "call [rsp], ff1424",
        "ret, c3",
        "ret 8, c20800",
        "enter, c8100000",
        "leave, c9",
        "pushf popf, 9c9d",
        "'add [rdi], rax', 480107",
        "'adc [rdi], rax', f9481107",
        "'sub rax, [rsi]', 482b06",
        "inc [rdi], ff07",
        "lock inc, f048ff07",
        "lock xadd, f0480fc107",
        "lock cmpxchg, f0480fb10f",
        "xchg, 488707",
        "cmpxchg, 480fb10f",
        "cmpxchg16b, 480fc70b",
        "lock cmpxchg16b, f0480fc70b",
        "shl, c12703",
        "rol cl, 48d307",
        "shld, 480fa40705",
        "bts, b805000000480fab07",
        "btc, b805000000480fbb07",
        "not, 48f717",
        "neg, 48f71f",
        "setc, 0f9207",
        "rep movsb, f3a4",
        "rep movsq, b900020000 f348a5",
        "rep stosb, f3aa",
        "rep stosq, b900020000 f348ab",
        "repe cmpsb, f3a6",
        "repne scasb, f2ae",
        "rep lodsb, f3ac",
        "movsq, 48a5",
        "cmpsq, 48a7",
        "lodsq, 48ad",
        "scasq, 48af",
        "load, 488b06",
        "store, 488907",
        "store immediate, c60705",
        "movbe load, 0f38f006",
        "movbe store, 0f38f107",
        "cmov, f8480f4206",
        "xlat, d7",
        "imul, 480faf06",
        "div, 31d248f733",
        "crc32, f2480f38f106",
        "test, 8506",
        "movups load, 0f100e",
        "movups store, 0f1107",
        "movdqa load, 660f6f0b",
        "movntdq, 660fe703",
        "movnti, 0fc307",
        "maskmovdqu, 660ff7c8",
        "pcmpistri, 660f3a630300",
        "addsd, f20f5806",
        "cvtsi2sd, f20f2a06",
        "fld tbyte, db2e",
        "fild fistp, df2edf3f",
        "fstp tbyte, d9e8db3f",
        "fnstcw, d93f",
        "fnstenv, d937",
        "fnsave, d9ebdd37",
        "stmxcsr, 0fae1f",
        "fxsave, 0fae83f0060000",
    })
    void endsAsIfUndisturbed(String name, String code) {
        List<String> undisturbed = runThrough(code, Way.ALL_MAPPED);

        assertEquals(undisturbed, runThrough(code, Way.MAPPED_IN_THE_FILL));
        assertEquals(undisturbed, runThrough(code, Way.MAPPED_AFTER_LEAVING));
    }

    private static List<String> runThrough(String code, Way way) {
        try (TestMachine machine = TestMachine.withCode(code + "0f05")) {
            machine.code(LANDING, "0f05");
            CpuState state = machine.state;
            long value = 0;
            for (Register register : Register.values()) {
                value += 0x0101_0101_0101_0101L;
                state.set(register, value);
            }
            state.set(Register.RIP, TestMachine.CODE);
            state.set(Register.RFLAGS, 0x202);
            state.set(Register.RSI, SOURCE + 0xffd);
            state.set(Register.RDI, DESTINATION + 0xffd);
            state.set(Register.RBX, SOURCE + 0x810);
            state.set(Register.RCX, 0x803);
            state.set(Register.RSP, STACK + 0x1000);
            state.set(Register.RBP, STACK + 0x1008);
            if (way == Way.ALL_MAPPED) {
                for (long area : AREAS) {
                    for (int page = 0; page < PAGES; page++) {
                        mapWithPattern(machine, area + page * 0x1000L, TestMachine.RW);
                    }
                }
            }
            if (way == Way.MAPPED_IN_THE_FILL) {
                machine.handler =
                        (vaddr, errorCode) -> {
                            resolve(machine, vaddr, errorCode);
                            return FaultOutcome.RESOLVED;
                        };
            }
            VcpuExit exit = machine.run();
            for (int i = 0; i < 20 && exit instanceof VcpuExit.PageFault fault; i++) {
                resolve(machine, fault.vaddr() & -0x1000, fault.errorCode());
                exit = machine.run();
            }
            assertEquals(VcpuExit.Syscall.SYSCALL, exit);
            return wholeState(machine);
        }
    }

    /// Grants no more than was asked for.
    private static void resolve(TestMachine machine, long vaddr, int errorCode) {
        long flags = (errorCode & PageFaultError.WRITE) != 0 ? TestMachine.RW : TestMachine.RO;
        if ((errorCode & PageFaultError.PRESENT) != 0) {
            long entry = machine.tables.findEntry(machine.root, vaddr, Level.PTE);
            machine.tables.write(entry, machine.tables.read(entry) | Pte.RW);
        } else {
            mapWithPattern(machine, vaddr, flags);
        }
    }

    /// Memory is full of addresses of a SYSCALL, so that any return lands; and no two pages are
    /// equal.
    private static void mapWithPattern(TestMachine machine, long vaddr, long flags) {
        long pfn = machine.map(vaddr, flags);
        for (int offset = 0; offset < PhysicalMemory.PAGE_SIZE; offset += 8) {
            long word = vaddr >= STACK ? LANDING : LANDING + vaddr + offset;
            machine.memory.writeLong((pfn << 12) + offset, word);
        }
    }

    private static List<String> wholeState(TestMachine machine) {
        List<String> state = new ArrayList<>();
        for (Register register : Register.values()) {
            state.add(register + "=" + Long.toHexString(machine.get(register)));
        }
        byte[] fxsave = new byte[CpuState.FXSAVE_BYTES];
        machine.state.storeFxsave(fxsave);
        state.add(HexFormat.of().formatHex(fxsave));
        for (long area : AREAS) {
            for (int page = 0; page < PAGES; page++) {
                state.add(pageHash(machine, area + page * 0x1000L));
            }
        }
        return state;
    }

    private static String pageHash(TestMachine machine, long vaddr) {
        long entry = machine.tables.findEntry(machine.root, vaddr, Level.PTE);
        if (entry < 0 || machine.tables.read(entry) == 0) {
            // Never touched: as mapped at the start.
            mapWithPattern(machine, vaddr, TestMachine.RW);
        }
        byte[] page = new byte[PhysicalMemory.PAGE_SIZE];
        machine.memory.copyToArray(machine.paddr(vaddr), page, 0, page.length);
        return Long.toHexString(vaddr) + ":" + Arrays.hashCode(page);
    }
}
