package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.cpu.CpuConfig;
import org.mshareemu.emulator.cpu.Cpus;
import org.mshareemu.emulator.cpu.InstructionListener;
import org.mshareemu.emulator.kernel.mm.MmContext;
import org.mshareemu.emulator.kernel.spi.KernelPlugin;
import org.mshareemu.emulator.kernel.syscall.CredentialCalls;
import org.mshareemu.emulator.kernel.syscall.FileFamilies;
import org.mshareemu.emulator.kernel.syscall.FutexCalls;
import org.mshareemu.emulator.kernel.syscall.MiscCalls;
import org.mshareemu.emulator.kernel.syscall.MmapCalls;
import org.mshareemu.emulator.kernel.syscall.PrctlCalls;
import org.mshareemu.emulator.kernel.syscall.ProcessCalls;
import org.mshareemu.emulator.kernel.syscall.ResourceCalls;
import org.mshareemu.emulator.kernel.syscall.SignalCalls;
import org.mshareemu.emulator.kernel.syscall.SyscallTable;
import org.mshareemu.emulator.kernel.syscall.TimeCalls;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.RunLoop;
import org.mshareemu.emulator.kernel.time.MachineClock;
import org.mshareemu.emulator.kernel.vfs.Vfs;
import org.mshareemu.emulator.kernel.vfs.devfs.ConsoleEndpoint;
import org.mshareemu.emulator.kernel.vfs.devfs.HostStreams;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// All parts of one machine, made in the order in which they need each other and released in the
/// opposite one.
final class Wiring {
    private final PhysicalMemory memory;
    private final FrameTable frames;
    private final FrameAllocator allocator;
    private final Cpus cpus;
    private final MmContext mmContext;
    private final Vfs vfs;
    private final Kernel kernel;
    private final RunLoop runLoop;
    private final SyscallTable syscalls;
    private final BootFiles files;
    private final ConsoleEndpoint input;
    private final ConsoleEndpoint output;
    private final ConsoleEndpoint error;

    Wiring(MachineOptions options) {
        memory = PhysicalMemory.reserve(options.memoryBytes());
        frames = FrameTable.reserve(memory.frameCount());
        allocator = new FrameAllocator(memory, frames, options.checking());
        PageTables tables = new PageTables(memory, allocator, frames);
        MachineClock clock = options.clock().newClock();
        RandomGenerator random = new SplittableRandom(options.seed());
        TrapRelay traps = new TrapRelay();
        cpus = Cpus.open(cpuConfig(options), memory, frames, traps, clock::timeStampCounter);
        mmContext = new MmContext(memory, allocator, frames, tables, cpus, random);
        vfs = new Vfs(clock, allocator, frames, memory);
        kernel =
                new Kernel(
                        new Kernel.Parts(
                                clock,
                                random,
                                options.cpus(),
                                mmContext,
                                vfs,
                                listener(options.listeners())));
        runLoop = new RunLoop(kernel, cpus);
        traps.connect(runLoop);
        syscalls = new SyscallTable(kernel);
        kernel.setDispatcher(syscalls);
        registerCalls();
        files = new BootFiles(kernel, new MachineAsSystem(kernel, cpus, runLoop));
        files.mountAll(options.root());
        MachineServices services = new MachineServices(kernel, files);
        for (KernelPlugin plugin : options.plugins()) {
            plugin.install(services);
        }
        boolean usesHost = options.streams() == MachineOptions.Streams.HOST;
        input = usesHost ? HostStreams.standardInput(kernel.hostEvents()) : ConsoleEndpoint.NULL;
        output = usesHost ? HostStreams.standardOutput() : ConsoleEndpoint.NULL;
        error = usesHost ? HostStreams.standardError() : ConsoleEndpoint.NULL;
        boolean isTerminal = input.kind() == ConsoleEndpoint.Kind.TERMINAL;
        files.console().registerTerminal(isTerminal ? input : null);
    }

    private static CpuConfig cpuConfig(MachineOptions options) {
        CpuConfig config = CpuConfig.defaults().withCount(options.cpus());
        InstructionListener listener = options.instructionListener();
        return listener == null ? config : config.withInstructionListener(listener);
    }

    private static KernelListener listener(List<KernelListener> listeners) {
        return switch (listeners.size()) {
            case 0 -> new KernelListener() {};
            case 1 -> listeners.getFirst();
            default -> new ListenerList(listeners);
        };
    }

    private void registerCalls() {
        new ProcessCalls(kernel).register(syscalls);
        new SignalCalls(kernel).register(syscalls);
        new TimeCalls(kernel).register(syscalls);
        new FutexCalls(kernel).register(syscalls);
        new CredentialCalls(kernel).register(syscalls);
        new ResourceCalls(kernel).register(syscalls);
        new PrctlCalls().register(syscalls);
        new MiscCalls(kernel).register(syscalls);
        new MmapCalls().register(syscalls);
        FileFamilies.register(kernel, syscalls);
    }

    Kernel kernel() {
        return kernel;
    }

    Cpus cpus() {
        return cpus;
    }

    RunLoop runLoop() {
        return runLoop;
    }

    SyscallTable syscalls() {
        return syscalls;
    }

    BootFiles files() {
        return files;
    }

    FrameAllocator allocator() {
        return allocator;
    }

    MmContext mmContext() {
        return mmContext;
    }

    Vfs vfs() {
        return vfs;
    }

    ConsoleEndpoint input() {
        return input;
    }

    ConsoleEndpoint output() {
        return output;
    }

    ConsoleEndpoint error() {
        return error;
    }

    /// Gives native memory and engines back; nothing of the machine may be used afterwards.
    void release() {
        kernel.tasks().tasks().forEach(task -> task.cpu().close());
        cpus.close();
        frames.close();
        memory.close();
    }
}
