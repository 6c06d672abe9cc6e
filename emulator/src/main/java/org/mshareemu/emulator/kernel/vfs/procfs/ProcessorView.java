package org.mshareemu.emulator.kernel.vfs.procfs;

/// What the CPUID instruction tells, so that /proc/cpuinfo says the same.
@FunctionalInterface
public interface ProcessorView {
    /// EAX, EBX, ECX and EDX; zeroes for leaves that are not there.
    int[] cpuid(int leaf, int subleaf);
}
