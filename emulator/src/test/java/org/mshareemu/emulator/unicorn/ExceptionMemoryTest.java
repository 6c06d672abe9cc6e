package org.mshareemu.emulator.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// The engine never forgets a #DE or #GP on its own.
final class ExceptionMemoryTest {
    /// xor ecx, ecx; div ecx
    private static final String DIVIDE_BY_ZERO = "31c9 f7f1";

    @Test
    void leftAloneTheSecondDivideErrorIsADoubleFaultAndTheThirdIsLost() {
        assertEquals(
                List.of("INTERRUPT 0", "INTERRUPT 8", "HALT -1", "HALT -1"),
                fourDivideErrors(false));
    }

    @Test
    void withTheWordResetEachDivideErrorIsOne() {
        assertEquals(
                List.of("INTERRUPT 0", "INTERRUPT 0", "INTERRUPT 0", "INTERRUPT 0"),
                fourDivideErrors(true));
    }

    private static List<String> fourDivideErrors(boolean reset) {
        List<String> ends = new ArrayList<>();
        EngineLayout layout = EngineLayout.get();
        try (RawGuest guest = new RawGuest();
                Arena arena = Arena.ofConfined()) {
            MemorySegment context = arena.allocate(layout.contextBytes(), 64);
            context.copyFrom(layout.pristineContext());
            guest.code(RawGuest.CODE, DIVIDE_BY_ZERO);
            for (int i = 0; i < 4; i++) {
                Engine.RunEnd end = guest.engine.run(RawGuest.CODE);
                ends.add(end + " " + guest.engine.interruptVector());
                guest.engine.saveContext(context.address());
                if (reset) {
                    context.set(
                            ValueLayout.JAVA_INT,
                            layout.pendingExceptionOffset(),
                            EngineLayout.NO_EXCEPTION);
                }
                guest.engine.restoreContext(context.address());
            }
        }
        return ends;
    }
}
