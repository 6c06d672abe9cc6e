package org.mshareemu.emulator.unicorn;

/// What an engine asks its owner while guest code runs. All methods are called inside upcalls, on
/// the thread that called [Engine#run]; whatever they throw ends the run and is thrown again by it.
public interface EngineCallbacks {
    /// Answer of [#fill]: no translation; the guest faults.
    long FILL_FAULT = -1;

    /// Rights of a translation, in the low bits of the answer of [#fill].
    int GRANT_READ = 1;

    int GRANT_WRITE = 2;
    int GRANT_EXECUTE = 4;

    /// Kinds of access, as the engine numbers them.
    int ACCESS_READ = 16;

    int ACCESS_WRITE = 17;
    int ACCESS_FETCH = 18;

    /// Translates a page for the TLB: the frame's physical address with the rights in the low bits,
    /// or [#FILL_FAULT]. May be asked again for the same page at any time, and is for each kind of
    /// access that the last answer did not grant. To leave the run from here, answer [#FILL_FAULT];
    /// stopping the engine instead would run half an instruction twice.
    ///
    /// @param vaddr address of the page's first byte
    long fill(long vaddr, int access);

    /// The guest executes CPUID: write EAX, EBX, ECX, EDX to `registers`.
    void cpuid(int leaf, int subleaf, int[] registers);

    /// The guest executes RDTSC or RDTSCP.
    long timeStampCounter();

    /// What RDTSCP gives in ECX (`IA32_TSC_AUX`).
    int timeStampAux();

    /// About to execute an instruction; called only when the engine was opened with
    /// [EngineOptions.Tracing#EACH_INSTRUCTION].
    void instruction(long rip, int lengthBytes);
}
