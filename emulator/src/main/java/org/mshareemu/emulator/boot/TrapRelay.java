package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.FaultOutcome;
import org.mshareemu.emulator.cpu.TrapHandler;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.mmu.annotation.HotPath;

/// Stands in for the kernel while the CPUs are made, as each needs the other.
final class TrapRelay implements TrapHandler {
    private @Nullable TrapHandler handler;

    void connect(TrapHandler newHandler) {
        handler = newHandler;
    }

    @Override
    @HotPath
    public FaultOutcome pageFault(long vaddr, int errorCode) {
        TrapHandler connected = handler;
        if (connected == null) {
            throw new KernelBug("page fault before boot");
        }
        return connected.pageFault(vaddr, errorCode);
    }
}
