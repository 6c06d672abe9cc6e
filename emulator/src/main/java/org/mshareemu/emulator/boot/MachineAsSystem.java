package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.cpu.CpuidPolicy;
import org.mshareemu.emulator.cpu.Cpus;
import org.mshareemu.emulator.kernel.mm.CommitAccount;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.RunLoop;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskState;
import org.mshareemu.emulator.kernel.vfs.procfs.MemoryView;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessorView;
import org.mshareemu.emulator.kernel.vfs.procfs.SystemView;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameUse;

/// The whole machine as procfs reads it.
final class MachineAsSystem implements SystemView, MemoryView, ProcessorView {
    private static final int CPUID_REGISTERS = 4;

    private final Kernel kernel;
    private final Cpus cpus;
    private final RunLoop runLoop;
    private final CpuidPolicy cpuid = CpuidPolicy.standard();

    MachineAsSystem(Kernel kernel, Cpus cpus, RunLoop runLoop) {
        this.kernel = kernel;
        this.cpus = cpus;
        this.runLoop = runLoop;
    }

    @Override
    public String release() {
        return Kernel.RELEASE;
    }

    @Override
    public String version() {
        return Kernel.VERSION;
    }

    @Override
    public String hostName() {
        return kernel.hostName();
    }

    @Override
    public void setHostName(String name) {
        kernel.setHostName(name);
    }

    @Override
    public String domainName() {
        return kernel.domainName();
    }

    @Override
    public void setDomainName(String name) {
        kernel.setDomainName(name);
    }

    @Override
    public String commandLine() {
        return "";
    }

    @Override
    public int cpuCount() {
        return kernel.cpuCount();
    }

    /// User time is what the CPU executed; calls are spread evenly, as they are not counted by CPU.
    @Override
    public CpuTimes cpuTimes(int cpu) {
        long user = cpus.get(cpu).blocksExecuted() * RunLoop.NANOS_PER_BLOCK;
        long system = runLoop.syscallCount() * RunLoop.NANOS_PER_SYSCALL / cpuCount();
        long idle = Math.max(0, kernel.clock().monotonicNanos() - user - system);
        return new CpuTimes(user, 0, system, idle);
    }

    @Override
    public long contextSwitches() {
        long switches = 0;
        for (Task task : kernel.tasks().tasks()) {
            switches += task.counters().voluntarySwitches();
            switches += task.counters().involuntarySwitches();
        }
        return switches;
    }

    @Override
    public long createdTasks() {
        return kernel.tasks().createdCount();
    }

    @Override
    public int taskCount() {
        return kernel.tasks().tasks().size();
    }

    @Override
    public int runnableTasks() {
        int runnable = 0;
        for (Task task : kernel.tasks().tasks()) {
            runnable += task.state() == TaskState.RUNNABLE ? 1 : 0;
        }
        return runnable;
    }

    @Override
    public int lastTaskNumber() {
        return kernel.tasks().lastId();
    }

    @Override
    public LoadAverage loadAverage() {
        return LoadAverage.NONE;
    }

    @Override
    public void random(byte[] bytes) {
        kernel.random().nextBytes(bytes);
    }

    @Override
    public MemoryStatus status() {
        FrameAllocator allocator = kernel.mmContext().allocator();
        CommitAccount commit = kernel.mmContext().commit();
        long mapped = 0;
        long locked = 0;
        for (Mm space : kernel.mmContext().spaces()) {
            mapped += space.counters().residentFile() + space.counters().residentShmem();
            locked += space.counters().locked();
        }
        return new MemoryStatus(
                allocator.totalFrames(),
                allocator.freeFrames(),
                allocator.usedFrames(FrameUse.PAGE_CACHE),
                allocator.usedFrames(FrameUse.SHMEM),
                allocator.usedFrames(FrameUse.ANON),
                mapped,
                allocator.usedFrames(FrameUse.PAGE_TABLE),
                allocator.usedFrames(FrameUse.KERNEL) + allocator.usedFrames(FrameUse.RESERVED),
                locked,
                commit.limitPages(),
                commit.committedPages());
    }

    @Override
    public int[] cpuid(int leaf, int subleaf) {
        int[] registers = new int[CPUID_REGISTERS];
        cpuid.cpuid(leaf, subleaf, registers);
        return registers;
    }
}
