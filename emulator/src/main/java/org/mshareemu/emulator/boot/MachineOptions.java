package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.InstructionListener;
import org.mshareemu.emulator.kernel.spi.KernelPlugin;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.mmu.phys.Checking;

import java.nio.file.Path;
import java.util.List;

/// What a machine is made like; [Machine.Builder] fills it.
///
/// @param memoryBytes physical memory
/// @param cpus how many CPUs
/// @param seed of everything random
/// @param clock what time is
/// @param binds host files to show
/// @param root host directory that is the guest's root, or null for a root in memory
/// @param plugins what is added to the kernel
/// @param listeners who looks on
/// @param instructionListener who sees every instruction, or null
/// @param checking whether freed memory is poisoned, and leaks are looked for at the end
/// @param streams what is behind descriptors 0 to 2
/// @param timeoutNanos host time each run may take; 0 for no limit
record MachineOptions(
        long memoryBytes,
        int cpus,
        long seed,
        ClockKind clock,
        List<Bind> binds,
        @Nullable Path root,
        List<KernelPlugin> plugins,
        List<KernelListener> listeners,
        @Nullable InstructionListener instructionListener,
        Checking checking,
        Streams streams,
        long timeoutNanos) {
    /// What is behind descriptors 0 to 2 of programs that do not say otherwise.
    enum Streams {
        /// Nothing: input is empty, output is lost.
        NONE,
        /// Those of the process we are.
        HOST
    }
}
