package org.mshareemu.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.unicorn.EngineOptions;

/// How the vCPUs of a machine are opened.
///
/// @param count how many
/// @param engine options of their engines; tracing is switched on by `instructionListener`
/// @param instructionListener sees each instruction; slows all down
public record CpuConfig(
        int count,
        EngineOptions engine,
        CpuidPolicy cpuid,
        @Nullable InstructionListener instructionListener) {
    public static final int MAX_COUNT = 64;

    public CpuConfig {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("number of CPUs: " + count);
        }
        engine =
                engine.withTracing(
                        instructionListener == null
                                ? EngineOptions.Tracing.OFF
                                : EngineOptions.Tracing.EACH_INSTRUCTION);
    }

    /// One vCPU, nobody listening.
    public static CpuConfig defaults() {
        return new CpuConfig(1, EngineOptions.defaults(), CpuidPolicy.standard(), null);
    }

    public CpuConfig withCount(int newCount) {
        return new CpuConfig(newCount, engine, cpuid, instructionListener);
    }

    public CpuConfig withEngine(EngineOptions newEngine) {
        return new CpuConfig(count, newEngine, cpuid, instructionListener);
    }

    public CpuConfig withInstructionListener(InstructionListener listener) {
        return new CpuConfig(count, engine, cpuid, listener);
    }
}
