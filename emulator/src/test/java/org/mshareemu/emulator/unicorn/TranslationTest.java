package org.mshareemu.emulator.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// What translated code outlives. Translations belong to a frame at an address; a TLB flush drops
/// none.
final class TranslationTest {
    private static final String RETURN_1 = "b801000000 0f05"; // mov eax, 1; syscall
    private static final String RETURN_2 = "b802000000 0f05";

    @Test
    void hostWriteIsUnseenEvenAfterATlbFlushUntilTranslationsAreRemoved() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, RETURN_1);
            assertEquals(1, runAt(guest, RawGuest.CODE));
            guest.code(RawGuest.CODE, RETURN_2);

            assertEquals(1, runAt(guest, RawGuest.CODE));
            guest.engine.flushTlb();
            assertEquals(1, runAt(guest, RawGuest.CODE));
            guest.engine.removeTranslations(RawGuest.CODE, 4096);
            assertEquals(2, runAt(guest, RawGuest.CODE));
        }
    }

    @Test
    void removalOfOneFrameKeepsTheOthers() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, RETURN_1);
            guest.code(0x2000, RETURN_1);
            runAt(guest, RawGuest.CODE);
            runAt(guest, 0x2000);
            guest.code(RawGuest.CODE, RETURN_2);
            guest.code(0x2000, RETURN_2);

            guest.engine.removeTranslations(0x2000, 4096);

            assertEquals(1, runAt(guest, RawGuest.CODE));
            assertEquals(2, runAt(guest, 0x2000));
        }
    }

    @Test
    void remappedPageRunsItsOldFrameUntilTheTlbIsFlushed() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(0x2000, RETURN_1);
            guest.code(0x3000, RETURN_2);
            long[] frame = {0x2000};
            guest.fill = (_, _) -> frame[0] | RawGuest.ALL;
            assertEquals(1, runAt(guest, 0x5_0000));
            frame[0] = 0x3000;

            assertEquals(1, runAt(guest, 0x5_0000));
            guest.engine.flushTlb();
            assertEquals(2, runAt(guest, 0x5_0000));
            frame[0] = 0x2000;
            guest.engine.flushTlb();
            assertEquals(1, runAt(guest, 0x5_0000));
        }
    }

    /// An executable page written through a mapping without execute right: what mprotect and shared
    /// mappings do.
    @Test
    void onlyTheFirstStoreToAnAliasIsSeenIfWriteAndExecuteAreGrantedFreely() {
        try (RawGuest guest = new RawGuest()) {
            long alias = 0x8_0000;
            guest.fill =
                    (vaddr, _) ->
                            vaddr == alias
                                    ? RawGuest.CODE
                                            | EngineCallbacks.GRANT_READ
                                            | EngineCallbacks.GRANT_WRITE
                                    : vaddr
                                            | EngineCallbacks.GRANT_READ
                                            | EngineCallbacks.GRANT_EXECUTE;
            guest.code(0x2000, "881c25010008000f05"); // mov [0x80001], bl; syscall
            guest.code(RawGuest.CODE, RETURN_1);
            assertEquals(1, runAt(guest, RawGuest.CODE));

            guest.engine.writeRegister(UcRegister.RBX, 11);
            runAt(guest, 0x2000);
            assertEquals(11, runAt(guest, RawGuest.CODE));
            guest.engine.writeRegister(UcRegister.RBX, 12);
            runAt(guest, 0x2000);
            assertEquals(
                    11, runAt(guest, RawGuest.CODE), "the engine now sees the second store too");
        }
    }

    @Test
    void guestCannotReachTheWindowThatRemovalOpens() {
        try (RawGuest guest = new RawGuest()) {
            guest.code(RawGuest.CODE, RETURN_1);
            runAt(guest, RawGuest.CODE);
            guest.engine.removeTranslations(RawGuest.CODE, 4096);
            guest.fills = 0;

            Engine.RunEnd end = guest.engine.run(0xffff_8000_0000_0000L + RawGuest.CODE);

            assertEquals(Engine.RunEnd.FAULT, end);
            assertEquals(1, guest.fills);
        }
    }

    private static long runAt(RawGuest guest, long rip) {
        assertEquals(Engine.RunEnd.SYSCALL, guest.engine.run(rip));
        return guest.get(UcRegister.RAX);
    }
}
