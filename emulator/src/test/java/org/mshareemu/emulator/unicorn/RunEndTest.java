package org.mshareemu.emulator.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.atomic.AtomicBoolean;

/// How runs may end and how they may not: each test of a wrong way shows why the engine is never
/// stopped like that.
final class RunEndTest {
    // inc dword [0x4000]; syscall
    private static final String INC_SYSCALL = "ff042500400000 0f05";

    // inc dword [0x4000]; inc dword [0x4000]; ... jmp to start
    private static final String INC_LOOP = "ff042500400000 49ffc0 ebf4";

    @Test
    void cleanStopLooksUpNoAddressWithExitsEmpty() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, "0f05");

            assertEquals(Engine.RunEnd.SYSCALL, guest.engine.run(RawGuest.CODE));
            assertEquals(1, guest.fills);
        }
    }

    @Test
    void withoutExitsACleanStopTurnsIntoAnError() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, "0f05");
            // Exits off again, and an end address that is not mapped: what Engine never does.
            Unicorn.control(
                    "uc_ctl_exits_disable", guest.engine.handle(), Unicorn.CTL_EXITS_ENABLE, 0, 0);

            int error = Unicorn.start(guest.engine.handle(), RawGuest.CODE, 0x7777_0000L, 0);

            assertEquals(Unicorn.ERR_EXCEPTION, error);
            assertEquals(2, guest.fills);
        }
    }

    @Test
    void stopInAGrantedFillRunsTheInstructionTwice() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, INC_SYSCALL);
            RawGuest.Fill granted = guest.fill;
            guest.fill =
                    (vaddr, access) -> {
                        if (access != EngineCallbacks.ACCESS_WRITE) {
                            return granted.fill(vaddr, access) & ~EngineCallbacks.GRANT_WRITE;
                        }
                        Unicorn.stop(guest.engine.handle());
                        return granted.fill(vaddr, access);
                    };
            guest.engine.run(RawGuest.CODE);
            guest.fill = granted;
            guest.engine.run(guest.get(UcRegister.RIP));

            assertEquals(2, guest.readInt(RawGuest.DATA));
        }
    }

    @Test
    void refusedFillRunsTheInstructionOnce() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, INC_SYSCALL);
            RawGuest.Fill granted = guest.fill;
            guest.fill =
                    (vaddr, access) ->
                            access == EngineCallbacks.ACCESS_FETCH
                                    ? granted.fill(vaddr, access)
                                    : -1;

            assertEquals(Engine.RunEnd.FAULT, guest.engine.run(RawGuest.CODE));
            assertEquals(RawGuest.DATA, guest.engine.faultVaddr());
            assertEquals(RawGuest.CODE, guest.get(UcRegister.RIP));
            guest.fill = granted;
            assertEquals(Engine.RunEnd.SYSCALL, guest.engine.run(guest.get(UcRegister.RIP)));

            assertEquals(1, guest.readInt(RawGuest.DATA));
        }
    }

    @Test
    void stopFromAnotherThreadRunsInstructionsTwice() throws InterruptedException {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, INC_LOOP);
            AtomicBoolean done = new AtomicBoolean();
            long handle = guest.engine.handle();
            Thread stopper =
                    new Thread(() -> {
                        while (!done.get()) {
                            for (int i = 0; i < 2000; i++) {
                                Thread.onSpinWait();
                            }
                            Unicorn.stop(handle);
                        }
                    });
            stopper.start();
            long rip = RawGuest.CODE;
            int surplus = 0;
            for (int i = 0; i < 200_000 && surplus == 0; i++) {
                guest.engine.run(rip);
                rip = guest.get(UcRegister.RIP);
                // R8 counts what the memory word should: one increment later, none surplus.
                surplus =
                        guest.readInt(RawGuest.DATA)
                                - (int) guest.get(UcRegister.R8)
                                - (rip == RawGuest.CODE ? 0 : 1);
            }
            done.set(true);
            stopper.join();

            assertNotEquals(
                    0,
                    surplus,
                    "the engine no longer repeats instructions when another thread stops it");
        }
    }

    @ParameterizedTest
    @EnumSource(EngineOptions.Stops.class)
    void countdownEndsAtTheSameExactInstructionEachTime(EngineOptions.Stops stops) {
        try (RawGuest guest = new RawGuest(EngineOptions.defaults().withStops(stops))) {
            guest.code(RawGuest.CODE, INC_LOOP);
            long rip = RawGuest.CODE;
            for (int i = 1; i <= 2000; i++) {
                guest.engine.setCountdown(8);
                assertEquals(Engine.RunEnd.COUNTDOWN, guest.engine.run(rip));
                rip = guest.get(UcRegister.RIP);
                assertEquals(RawGuest.CODE, rip);
                assertEquals(7L * i, guest.get(UcRegister.R8));
                assertEquals(7 * i, guest.readInt(RawGuest.DATA));
            }
        }
    }

    @Test
    void countdownHoldsOverWarmCodeWhereTheEnginesOwnCountDoesNot() {
        try (RawGuest guest = new RawGuest()) {
            // mov ecx, 1000; dec ecx; jnz; syscall
            guest.code(RawGuest.CODE, "b9e8030000 ffc9 75fc 0f05");
            assertEquals(Engine.RunEnd.SYSCALL, guest.engine.run(RawGuest.CODE));

            Unicorn.start(guest.engine.handle(), RawGuest.CODE, 0, 601);
            assertEquals(
                    0,
                    guest.get(UcRegister.RCX),
                    "the count of instructions now works in warm code");

            guest.engine.setCountdown(601);
            assertEquals(Engine.RunEnd.COUNTDOWN, guest.engine.run(RawGuest.CODE));
            assertEquals(400, guest.get(UcRegister.RCX));
        }
    }

    @Test
    void stopBeforeARunIsLostSoTheCountdownIsAskedFirst() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, "ffc0 0f05");
            Unicorn.stop(guest.engine.handle());
            assertEquals(Engine.RunEnd.SYSCALL, guest.engine.run(RawGuest.CODE));
            assertEquals(1, guest.get(UcRegister.RAX));

            guest.engine.setCountdown(0);
            assertEquals(Engine.RunEnd.COUNTDOWN, guest.engine.run(RawGuest.CODE));
            assertEquals(1, guest.get(UcRegister.RAX));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineOptions.Stops.class)
    void portAccessLeavesNothingBehindItDone(EngineOptions.Stops stops) {
        try (RawGuest guest = new RawGuest(EngineOptions.defaults().withStops(stops))) {
            // inc ebx; stc; in al, dx; inc ebx; mov [0x4000], ebx; syscall
            guest.code(RawGuest.CODE, "ffc3 f9 ec ffc3 891c2500400000 0f05");
            guest.writeInt(RawGuest.DATA, 0x55);
            // The data page's entry is in the TLB already.
            guest.code(0x2000, "8b0c2500400000 890c2500400000 0f05");
            guest.engine.run(0x2000);

            assertEquals(Engine.RunEnd.PORT, guest.engine.run(RawGuest.CODE));

            assertEquals(RawGuest.CODE + 3, guest.get(UcRegister.RIP));
            assertEquals(1, guest.get(UcRegister.RBX));
            assertEquals(0x55, guest.readInt(RawGuest.DATA));
            assertEquals(1, guest.get(UcRegister.EFLAGS) & 1);
            assertEquals(1, guest.engine.portBytes());
            assertTrue(!guest.engine.portIsOutput());

            guest.code(RawGuest.CODE, "66e780 ebfe"); // out 0x80, ax; jmp $
            guest.engine.removeAllTranslations();
            assertEquals(Engine.RunEnd.PORT, guest.engine.run(RawGuest.CODE));
            assertEquals(0x80, guest.engine.port());
            assertEquals(2, guest.engine.portBytes());
            assertTrue(guest.engine.portIsOutput());
        }
    }

    @Test
    void whatACallbackThrowsIsThrownByRun() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, "0f05");
            RawGuest.Fill granted = guest.fill;
            guest.fill =
                    (_, _) -> {
                        throw new StackOverflowError("deep");
                    };
            assertEquals(
                    "deep",
                    assertThrows(StackOverflowError.class, () -> guest.engine.run(RawGuest.CODE))
                            .getMessage());

            guest.fill = granted;
            assertEquals(Engine.RunEnd.SYSCALL, guest.engine.run(RawGuest.CODE));
        }
    }

    @Test
    void translationsAreNeverDroppedAsAWholeInsideACallback() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, "0f05");
            guest.fill =
                    (_, _) -> {
                        guest.engine.removeAllTranslations();
                        return -1;
                    };
            assertThrows(IllegalStateException.class, () -> guest.engine.run(RawGuest.CODE));
        }
    }
}
