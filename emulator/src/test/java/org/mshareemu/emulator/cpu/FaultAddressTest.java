package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mshareemu.mmu.paging.Pte;

/// Faults carry the address and error code that CR2 and the exception frame would.
final class FaultAddressTest {
    private static final int ABSENT_READ = 0x4;
    private static final int ABSENT_WRITE = 0x6;
    private static final int FORBIDDEN_READ = 0x5;
    private static final int FORBIDDEN_WRITE = 0x7;
    private static final int ABSENT_FETCH = 0x14;
    private static final int FORBIDDEN_FETCH = 0x15;

    @ParameterizedTest(name = "{0} at {2}")
    @CsvSource({
        "load, 488b03, 0x700123, 0x700123, 0x4",
        "store, 488903, 0x700ff8, 0x700ff8, 0x6",
        "byte store, 8803, 0x700fff, 0x700fff, 0x6",
        "load over the end of a present page, 488b03, 0x600ffd, 0x601000, 0x4",
        "store over the end of a present page, 488903, 0x600ff9, 0x601000, 0x6",
        "load over the end of an absent page, 488b03, 0x700ffd, 0x700ffd, 0x4",
        "16-byte load over the end, 0f1003, 0x600ff1, 0x601000, 0x4",
        "16-byte store over the end, 0f1103, 0x600ff1, 0x601000, 0x6",
        "inc, ff03, 0x700010, 0x700010, 0x6",
        "cmpxchg, 480fb10b, 0x700018, 0x700018, 0x6",
        "rep stosb, 4889df b900200000 f3aa, 0x600ff0, 0x601000, 0x6",
        "lock xadd, f00fc103, 0x700010, 0x700010, 0x6",
        "and, 812300ff0000, 0x700010, 0x700010, 0x6",
        "cmp, 3903, 0x700010, 0x700010, 0x4",
        "cmp immediate, 813b00ff0000, 0x700010, 0x700010, 0x4",
        "test immediate, f7036400ff00, 0x700010, 0x700010, 0x4",
        "neg, 48f71b, 0x700010, 0x700010, 0x6",
        "bts immediate, 0fba2b03, 0x700010, 0x700010, 0x6",
        "bt immediate, 0fba2303, 0x700010, 0x700010, 0x4",
        "shl, d123, 0x700010, 0x700010, 0x6",
        "xchg, 8703, 0x700010, 0x700010, 0x6",
        "dec, fe0b, 0x700010, 0x700010, 0x6",
        "push, ff33, 0x700010, 0x700010, 0x4",
        "load at the first page, 488b03, 0, 0, 0x4",
        "load in the upper half, 488b03, 0xffff800000001008, 0xffff800000001008, 0x4",
        "last address, 8a03, 0xffffffffffffffff, 0xffffffffffffffff, 0x4",
    })
    void dataFaultIsExact(
            String name, String code, String address, String expected, String errorCode) {
        try (TestMachine machine = TestMachine.withCode("90" + code + "0f05")) {
            machine.state.set(Register.RBX, parse(address));

            VcpuExit exit = machine.run();

            assertEquals(new VcpuExit.PageFault(parse(expected), Integer.decode(errorCode)), exit);
        }
    }

    private static long parse(String text) {
        return text.startsWith("0x")
                ? Long.parseUnsignedLong(text.substring(2), 16)
                : Long.parseLong(text);
    }

    @Test
    void pushAndCallFaultBelowTheStack() {
        try (TestMachine machine = TestMachine.withCode("50 e800000000 0f05")) {
            machine.state.set(Register.RSP, 0x70_0008);
            assertEquals(new VcpuExit.PageFault(0x70_0000, ABSENT_WRITE), machine.run());
            assertEquals(0x70_0008, machine.get(Register.RSP));

            machine.state.set(Register.RIP, TestMachine.CODE + 1);
            machine.state.set(Register.RSP, 0x70_1000);
            assertEquals(new VcpuExit.PageFault(0x70_0ff8, ABSENT_WRITE), machine.run());
            assertEquals(TestMachine.CODE + 1, machine.get(Register.RIP));
        }
    }

    @Test
    void errorCodesTellWhyItWasRefused() {
        try (TestMachine machine = TestMachine.withCode("8a03 0f05 8803 0f05")) {
            machine.map(0x70_0000, TestMachine.RO);
            machine.map(0x70_1000, Pte.P | Pte.RW | Pte.NX);
            machine.state.set(Register.RBX, 0x70_0010);
            assertEquals(
                    new VcpuExit.PageFault(0x70_0010, FORBIDDEN_WRITE),
                    machine.runAt(TestMachine.CODE + 4));
            machine.state.set(Register.RBX, 0x70_1010);
            assertEquals(
                    new VcpuExit.PageFault(0x70_1010, FORBIDDEN_READ),
                    machine.runAt(TestMachine.CODE));
            assertEquals(
                    new VcpuExit.PageFault(0x70_0020, FORBIDDEN_FETCH), machine.runAt(0x70_0020));
            assertEquals(new VcpuExit.PageFault(0x77_0020, ABSENT_FETCH), machine.runAt(0x77_0020));
            machine.state.set(Register.RBX, 0x77_0000);
            assertEquals(
                    new VcpuExit.PageFault(0x77_0000, ABSENT_READ),
                    machine.runAt(TestMachine.CODE));
        }
    }

    @Test
    void nonCanonicalAccessIsNoPageFault() {
        try (TestMachine machine = TestMachine.withCode("488b03 0f05 ffe3")) {
            machine.state.set(Register.RBX, 0x8000_0000_0000L);
            assertEquals(new VcpuExit.NonCanonical(0x8000_0000_0000L), machine.run());
            machine.state.set(Register.RBX, 0x8000_0000_0000_0123L);
            assertEquals(
                    new VcpuExit.NonCanonical(0x8000_0000_0000_0123L),
                    machine.runAt(TestMachine.CODE));
            assertEquals(
                    new VcpuExit.NonCanonical(0x8000_0000_0000_0123L),
                    machine.runAt(TestMachine.CODE + 5));
        }
    }
}
