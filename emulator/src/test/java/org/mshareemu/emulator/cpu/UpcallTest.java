package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// What is called from inside guest code.
final class UpcallTest {
    private static final long ABSENT = 0x77_0000;

    private static TestMachine loader() {
        TestMachine machine = TestMachine.withCode("488b03 0f05");
        machine.state.set(Register.RBX, ABSENT);
        return machine;
    }

    @Test
    void whatTheTrapHandlerThrowsIsThrownByRunAndTheMachineLives() {
        try (TestMachine machine = loader()) {
            Error thrown = new StackOverflowError();
            machine.handler =
                    (_, _) -> {
                        throw thrown;
                    };
            assertSame(thrown, assertThrows(StackOverflowError.class, machine::run));
            assertEquals(TestMachine.CODE, machine.get(Register.RIP));

            machine.map(ABSENT, TestMachine.RO);
            assertEquals(VcpuExit.Syscall.SYSCALL, machine.run());
        }
    }

    @Test
    void whatTheClockThrowsIsThrownByRunBeforeTheNextStore() {
        try (TestMachine machine = TestMachine.withCode("890b 0f31 8903 0f05")) {
            machine.state.set(Register.RBX, TestMachine.DATA);
            machine.state.set(Register.RCX, 5);
            machine.clockFailure = new ArithmeticException("clock");

            assertEquals(
                    "clock", assertThrows(ArithmeticException.class, machine::run).getMessage());
            assertEquals(5, machine.readLong(TestMachine.DATA));
        }
    }

    @Test
    void handlerThatNeverResolvesIsABugOfOursNotALoop() {
        try (TestMachine machine = loader()) {
            machine.handler = (_, _) -> FaultOutcome.RESOLVED;
            assertThrows(IllegalStateException.class, machine::run);
            machine.handler = (_, _) -> FaultOutcome.RETRY;
            assertThrows(IllegalStateException.class, machine::run);
        }
    }

    @Test
    void retryWalksAgainAndAsksAgain() {
        try (TestMachine machine = loader()) {
            List<Integer> asked = new ArrayList<>();
            machine.handler =
                    (vaddr, errorCode) -> {
                        asked.add(errorCode);
                        if (asked.size() == 1) {
                            return FaultOutcome.RETRY;
                        }
                        machine.map(vaddr, TestMachine.RO);
                        return FaultOutcome.RESOLVED;
                    };

            assertEquals(VcpuExit.Syscall.SYSCALL, machine.run());
            assertEquals(List.of(4, 4), asked);
            assertEquals(1, machine.vcpu.statistics().runs());
        }
    }

    @Test
    void collectionsOfGarbageDuringRefusedFillsDoNoHarm() {
        try (TestMachine machine = loader()) {
            List<byte[]> garbage = new ArrayList<>();
            machine.handler =
                    (_, _) -> {
                        garbage.add(new byte[4096]);
                        if (garbage.size() > 200) {
                            garbage.clear();
                        }
                        return FaultOutcome.SIGNAL;
                    };
            for (int i = 0; i < 20_000; i++) {
                if (i % 2000 == 0) {
                    System.gc();
                }
                assertTrue(machine.run() instanceof VcpuExit.PageFault);
            }
        }
    }

    @Test
    void listenerSeesEachInstructionBeforeItRuns() {
        List<String> seen = new ArrayList<>();
        CpuConfig config =
                CpuConfig.defaults()
                        .withInstructionListener((vcpu, rip, length) ->
                                seen.add(
                                        Long.toHexString(rip)
                                                + "+"
                                                + length
                                                + " rax="
                                                + vcpu.liveRegister(Register.RAX)));
        try (TestMachine machine = new TestMachine(config)) {
            machine.program("b805000000 ffc0 eb02 9090 0f05");
            machine.run();

            assertEquals(
                    List.of("400000+5 rax=0", "400005+2 rax=5", "400007+2 rax=6", "40000b+2 rax=6"),
                    seen);
        }
    }

    @Test
    void whatTheListenerThrowsIsThrownByRun() {
        CpuConfig config =
                CpuConfig.defaults()
                        .withInstructionListener((_, _, _) -> {
                            throw new ArithmeticException("listener");
                        });
        try (TestMachine machine = new TestMachine(config)) {
            machine.program("ebfe");
            assertThrows(ArithmeticException.class, machine::run);
        }
    }
}
