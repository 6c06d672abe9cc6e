package org.mshareemu.emulator.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class EngineLayoutTest {
    @Test
    void offsetsAreThoseOfTheKnownBuild() {
        EngineLayout layout = EngineLayout.get();

        assertEquals(40, layout.offsetOf(UcRegister.RAX));
        assertEquals(168, layout.offsetOf(UcRegister.RIP));
        assertEquals(328, layout.offsetOf(UcRegister.FS_BASE));
        assertEquals(5536, layout.pendingExceptionOffset());
        assertEquals(5424, layout.exceptionCodeOffset());
        assertEquals(1416, layout.faultAddressOffset());
        assertEquals(5608, layout.contextBytes());
    }
}
