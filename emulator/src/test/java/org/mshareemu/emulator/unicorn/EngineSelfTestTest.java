package org.mshareemu.emulator.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class EngineSelfTestTest {
    @Test
    void olderVersionIsRefusedByName() {
        UnsupportedEngineException refusal =
                assertThrows(
                        UnsupportedEngineException.class,
                        () -> EngineSelfTest.checkVersion(0x0201_03ff, true));

        String message = String.valueOf(refusal.getMessage());
        assertTrue(
                message.endsWith(
                        "libunicorn.so.2 is Unicorn 2.1.3, which is too old: Unicorn 2.1.4 is"
                                + " needed"),
                message);
    }

    @Test
    void newerVersionNeedsConsent() {
        assertThrows(
                UnsupportedEngineException.class,
                () -> EngineSelfTest.checkVersion(0x0202_0000, false));
        EngineSelfTest.checkVersion(0x0202_0000, true);
        EngineSelfTest.checkVersion(0x0201_04ff, false);
    }

    @Test
    void layoutIsThatOfTheKnownBuild() {
        EngineLayout layout = EngineLayout.get();

        assertEquals(40, layout.offsetOf(UcRegister.RAX));
        assertEquals(168, layout.offsetOf(UcRegister.RIP));
        assertEquals(328, layout.offsetOf(UcRegister.FS_BASE));
        assertEquals(5536, layout.pendingExceptionOffset());
        assertEquals(5424, layout.exceptionCodeOffset());
        assertEquals(1416, layout.faultAddressOffset());
        assertEquals(5608, layout.contextBytes());
    }

    @Test
    void laterRunsOfTheTestFindTheSame() {
        EngineLayout layout = EngineSelfTest.run();

        assertEquals(EngineLayout.get().offsetOf(UcRegister.R15), layout.offsetOf(UcRegister.R15));
        assertEquals(-1, EngineLayout.get().pristineContext().mismatch(layout.pristineContext()));
    }
}
