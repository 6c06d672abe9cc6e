package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.InstructionListener;
import org.mshareemu.emulator.cpu.VcpuStatistics;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.mm.MmCheck;
import org.mshareemu.emulator.kernel.spi.KernelPlugin;
import org.mshareemu.emulator.kernel.syscall.SyscallTable;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.RunLoop;
import org.mshareemu.mmu.phys.Checking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// An emulated machine: boot one, run programs in it one after the other or side by side, look at
/// what they left, close it.
///
///     try (Machine machine = Machine.builder().memory(1L << 30).build()) {
///         ProgramResult result =
///                 machine.run(ProgramRequest.onHost(Path.of("hello"), "world").capturing());
///     }
///
/// A machine belongs to one thread at a time. Machines are independent of each other.
public final class Machine implements AutoCloseable {
    private final MachineOptions options;
    private final Wiring wiring;
    private boolean broken;
    private boolean closed;

    private Machine(MachineOptions options) {
        this.options = options;
        this.wiring = new Wiring(options);
        try {
            for (Bind bind : options.binds()) {
                bind(bind);
            }
        } catch (RuntimeException | Error failure) {
            wiring.release();
            throw failure;
        }
    }

    /// How to make one.
    public static Builder builder() {
        return new Builder();
    }

    /// Runs a program until it ends.
    ///
    /// @throws ProgramRefusedException if it cannot be started
    public ProgramResult run(ProgramRequest request) throws ProgramRefusedException {
        return await(start(request));
    }

    /// Starts a program; it runs when [#await] is called for it or for another one.
    ///
    /// @throws ProgramRefusedException if it cannot be started
    public RunningProgram start(ProgramRequest request) throws ProgramRefusedException {
        checkUsable();
        Path hostFile = request.hostFile();
        if (hostFile != null) {
            if (!Files.exists(hostFile)) {
                throw new ProgramRefusedException(
                        hostFile.toString(), "no such file", Errno.ENOENT);
            }
            bind(new Bind(hostFile, request.path(), Bind.Access.READ_ONLY));
        }
        try {
            return new ProgramStarter(wiring).start(request);
        } catch (RuntimeException | Error failure) {
            throw breakDown(failure);
        }
    }

    /// Lets the machine run until a program has ended.
    public ProgramResult await(RunningProgram program) {
        checkUsable();
        long deadline =
                options.timeoutNanos() == 0
                        ? Long.MAX_VALUE
                        : System.nanoTime() + options.timeoutNanos();
        RunLoop.Outcome outcome = loop(program, deadline);
        return switch (outcome) {
            case DONE -> program.result("");
            case TIMEOUT ->
                    program.unfinished(
                            ProgramResult.Ending.TIMEOUT, TaskReport.ofAll(wiring.kernel()));
            case DEADLOCK ->
                    program.unfinished(
                            ProgramResult.Ending.DEADLOCK, TaskReport.ofAll(wiring.kernel()));
        };
    }

    private RunLoop.Outcome loop(RunningProgram program, long deadline) {
        try {
            RunLoop.Outcome outcome = wiring.runLoop().run(program::hasEnded, deadline);
            if (options.checking() == Checking.ON) {
                MmCheck.verify(wiring.mmContext());
            }
            return outcome;
        } catch (RuntimeException | Error failure) {
            throw breakDown(failure);
        }
    }

    /// What went wrong is ours: the machine stops for good, and says where it was.
    private KernelBug breakDown(Throwable failure) {
        broken = true;
        return TaskReport.bug(wiring.kernel(), failure);
    }

    private void checkUsable() {
        if (closed || broken) {
            throw new IllegalStateException(closed ? "machine is closed" : "machine broke down");
        }
    }

    /// Shows a host file or directory in the guest.
    public void bind(Bind bind) {
        try {
            wiring.files().bind(bind);
        } catch (IOException failure) {
            throw new IllegalArgumentException("cannot bind " + bind.host(), failure);
        }
    }

    /// Makes a file in the guest's memory.
    ///
    /// @param mode permissions
    public void addFile(String guestPath, byte[] content, int mode) {
        wiring.files().addFile(guestPath, content, mode);
    }

    /// The kernel, for those who look on.
    public Kernel kernel() {
        return wiring.kernel();
    }

    /// What each system call can do.
    public SyscallTable syscalls() {
        return wiring.syscalls();
    }

    /// System calls completed since boot.
    public long syscallCount() {
        return wiring.runLoop().syscallCount();
    }

    /// What each CPU has done since boot.
    public List<VcpuStatistics> cpuStatistics() {
        List<VcpuStatistics> all = new ArrayList<>();
        for (int i = 0; i < wiring.cpus().count(); i++) {
            all.add(wiring.cpus().get(i).statistics());
        }
        return all;
    }

    /// Ends all programs and gives everything back to the host. In checking mode looks for what
    /// they left behind.
    ///
    /// @throws KernelBug naming what has leaked
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!broken) {
                new Shutdown(wiring).run(options.checking());
            }
        } finally {
            wiring.release();
        }
    }

    /// Says what a machine is to be like. Everything has a default.
    public static final class Builder {
        private long memoryBytes = 4L << 30;
        private int cpus = 1;
        private long seed;
        private ClockKind clock = ClockKind.VIRTUAL;
        private final List<Bind> binds = new ArrayList<>();
        private @Nullable Path root;
        private @Nullable List<KernelPlugin> plugins;
        private final List<KernelListener> listeners = new ArrayList<>();
        private @Nullable InstructionListener instructionListener;
        private Checking checking = Checking.OFF;
        private MachineOptions.Streams streams = MachineOptions.Streams.NONE;
        private long timeoutNanos;

        private Builder() {}

        /// Physical memory; only reserved. 4 GiB unless said.
        public Builder memory(long bytes) {
            memoryBytes = bytes;
            return this;
        }

        /// How many CPUs; 1 unless said.
        public Builder cpus(int count) {
            cpus = count;
            return this;
        }

        /// Of everything random; 0 unless said.
        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /// What time is; virtual unless said.
        public Builder clock(ClockKind kind) {
            clock = kind;
            return this;
        }

        /// Shows a host file or directory.
        public Builder bind(Bind bind) {
            binds.add(bind);
            return this;
        }

        /// Makes a host directory the guest's root. It is never written: changes stay in memory.
        public Builder root(Path directory) {
            root = directory;
            return this;
        }

        /// Adds a plugin and leaves out those that the class path offers.
        public Builder plugin(KernelPlugin plugin) {
            List<KernelPlugin> chosen = plugins == null ? new ArrayList<>() : plugins;
            chosen.add(plugin);
            plugins = chosen;
            return this;
        }

        /// Leaves out the plugins that the class path offers.
        public Builder withoutPlugins() {
            plugins = new ArrayList<>();
            return this;
        }

        /// Adds somebody who looks on.
        public Builder listener(KernelListener listener) {
            listeners.add(listener);
            return this;
        }

        /// Has every instruction reported; slow.
        public Builder instructionListener(InstructionListener listener) {
            instructionListener = listener;
            return this;
        }

        /// Whether freed memory is poisoned and leaks are looked for at the end; off unless said.
        public Builder checking(Checking mode) {
            checking = mode;
            return this;
        }

        /// Connects descriptors 0 to 2 to those of this process.
        public Builder hostStreams() {
            streams = MachineOptions.Streams.HOST;
            return this;
        }

        /// Host time that each run may take; no limit unless said.
        public Builder timeout(Duration limit) {
            timeoutNanos = limit.toNanos();
            return this;
        }

        /// Boots the machine.
        public Machine build() {
            List<KernelPlugin> chosen = plugins;
            if (chosen == null) {
                chosen = new ArrayList<>();
                ServiceLoader.load(KernelPlugin.class).forEach(chosen::add);
            }
            return new Machine(
                    new MachineOptions(
                            memoryBytes,
                            cpus,
                            seed,
                            clock,
                            List.copyOf(binds),
                            root,
                            List.copyOf(chosen),
                            List.copyOf(listeners),
                            instructionListener,
                            checking,
                            streams,
                            timeoutNanos));
        }
    }
}
