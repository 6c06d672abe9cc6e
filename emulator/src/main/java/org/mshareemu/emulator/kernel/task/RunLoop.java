package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.cpu.Cpus;
import org.mshareemu.emulator.cpu.FaultOutcome;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.cpu.TrapHandler;
import org.mshareemu.emulator.cpu.Vcpu;
import org.mshareemu.emulator.cpu.VcpuExit;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.mm.FaultResult;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.time.TimerQueue;

import java.util.function.BooleanSupplier;

/// Lets tasks run, one at a time, on one host thread: picks a task for each CPU in turn, enters
/// guest code, and answers what it comes back with.
///
/// Time: with a virtual clock a block of guest code takes [#NANOS_PER_BLOCK] and a system call
/// [#NANOS_PER_SYSCALL], whatever the host does; when everybody sleeps the clock jumps to the next
/// timer. So a run depends on the program, its input and the seed only.
///
/// A blocked call is always run again before its task does anything else, even before it ends: that
/// is where the handler takes its leave of what it waited for.
public final class RunLoop implements TrapHandler {
    /// Virtual time of one translated block, about five instructions.
    public static final long NANOS_PER_BLOCK = 5;

    /// Virtual time of one system call.
    public static final long NANOS_PER_SYSCALL = 200;

    /// How long a task runs while others wait for its CPU. Linux: base_slice_ns, about 3 ms
    public static final long QUANTUM_BLOCKS = 500_000;

    /// Longest wait on the host without looking at the stop condition again.
    private static final long HOST_WAIT_NANOS = 50_000_000;

    /// Why the loop came back.
    public enum Outcome {
        /// What the caller waited for has happened.
        DONE,
        /// Everybody sleeps, and nothing is left that could wake anybody.
        DEADLOCK,
        /// The host's deadline came.
        TIMEOUT
    }

    private final Kernel kernel;
    private final SignalDelivery delivery;
    private final TrapSignals traps;
    private final Cpus cpus;
    private long syscallCount;

    /// Host time at which to give up.
    private long hostDeadlineNanos = Long.MAX_VALUE;

    public RunLoop(Kernel kernel, Cpus cpus) {
        this.kernel = kernel;
        this.cpus = cpus;
        this.delivery = new SignalDelivery(kernel);
        this.traps = new TrapSignals(kernel);
    }

    /// System calls completed since boot.
    public long syscallCount() {
        return syscallCount;
    }

    /// Runs the machine until `done` says so.
    ///
    /// @param hostDeadlineNanos `System.nanoTime()` at which to give up, or `Long.MAX_VALUE`
    public Outcome run(BooleanSupplier done, long hostDeadlineNanos) {
        this.hostDeadlineNanos = hostDeadlineNanos;
        while (!done.getAsBoolean()) {
            if (isHostDeadlineReached()) {
                return Outcome.TIMEOUT;
            }
            kernel.hostEvents().drain();
            kernel.timers().runExpired(kernel.clock().monotonicNanos());
            boolean ran = false;
            for (int cpu = 0; cpu < cpus.count() && !done.getAsBoolean(); cpu++) {
                Task task = kernel.scheduler().pick(cpu);
                if (task != null) {
                    runSlice(cpus.get(cpu), task);
                    ran = true;
                }
            }
            if (!ran && !done.getAsBoolean() && !idle()) {
                return Outcome.DEADLOCK;
            }
        }
        return Outcome.DONE;
    }

    private boolean isHostDeadlineReached() {
        return hostDeadlineNanos != Long.MAX_VALUE && System.nanoTime() - hostDeadlineNanos >= 0;
    }

    /// Nobody can run: waits for the next timer or for the host.
    ///
    /// @return false if neither will ever come
    private boolean idle() {
        if (kernel.hostEvents().drain()) {
            return true;
        }
        long next = kernel.timers().nextExpiryNanos();
        if (next == TimerQueue.NEVER) {
            if (!kernel.hostEvents().hasSources()) {
                return false;
            }
            kernel.hostEvents().await(hostWaitNanos(HOST_WAIT_NANOS));
            return true;
        }
        if (kernel.hostEvents().hasSources()) {
            awaitInputOr(next);
            return true;
        }
        kernel.clock().idleUntil(next, nanos -> kernel.hostEvents().await(hostWaitNanos(nanos)));
        return true;
    }

    /// Somebody waits for input of the host, others for a timer: virtual time then passes as on the
    /// host, so that a time limit on input means what it says.
    private void awaitInputOr(long nextExpiryNanos) {
        long start = System.nanoTime();
        long left = nextExpiryNanos - kernel.clock().monotonicNanos();
        kernel.hostEvents().await(hostWaitNanos(Math.max(1, left)));
        kernel.clock().worked(Math.min(left, System.nanoTime() - start));
    }

    private long hostWaitNanos(long wanted) {
        long wait = Math.min(wanted, HOST_WAIT_NANOS);
        if (hostDeadlineNanos != Long.MAX_VALUE) {
            wait = Math.min(wait, Math.max(1, hostDeadlineNanos - System.nanoTime()));
        }
        return wait;
    }

    /// Lets a task run until its quantum is over, it sleeps, stops or ends.
    private void runSlice(Vcpu vcpu, Task task) {
        kernel.scheduler().setCurrent(task);
        kernel.listener().taskSwitched(task, vcpu.index());
        try {
            Mm mm = task.mmOrNull();
            if (mm != null) {
                mm.actFor(task.credentials(), task.limits());
            }
            long quantumEnd = vcpu.blocksExecuted() + QUANTUM_BLOCKS;
            boolean goesOn = resume(task);
            while (goesOn) {
                goesOn = runOnce(vcpu, task, quantumEnd);
            }
        } finally {
            kernel.scheduler().setCurrent(null);
        }
        if (task.state() == TaskState.RUNNABLE) {
            task.counters().switchedInvoluntarily();
            kernel.scheduler().enqueue(task);
        } else {
            task.counters().switchedVoluntarily();
        }
    }

    /// Finishes what the task was doing in the kernel.
    ///
    /// @return whether it may run user code
    private boolean resume(Task task) {
        if (task.inSyscall && !runSyscall(task)) {
            return false;
        }
        if (task.options().rseqArea != 0) {
            RestartableSequences.resume(task);
        }
        return delivery.returnToUser(task);
    }

    /// Enters guest code once and answers the exit.
    ///
    /// @return whether the task keeps the CPU
    private boolean runOnce(Vcpu vcpu, Task task, long quantumEnd) {
        long before = vcpu.blocksExecuted();
        vcpu.setQuantum(blocksUntilEvent(task, quantumEnd - before));
        VcpuExit exit;
        try {
            exit = vcpu.run(task.cpu(), task.mm().root());
        } finally {
            account(task, vcpu.blocksExecuted() - before);
        }
        if (exit == VcpuExit.Syscall.SYSCALL) {
            if (!startSyscall(task)) {
                return false;
            }
        } else if (exit != VcpuExit.Quantum.QUANTUM) {
            traps.handle(task, exit);
        }
        if (kernel.clock().monotonicNanos() >= kernel.timers().nextExpiryNanos()) {
            kernel.timers().runExpired(kernel.clock().monotonicNanos());
        }
        if (!delivery.returnToUser(task)) {
            return false;
        }
        boolean yields = kernel.scheduler().takeReschedule();
        return vcpu.blocksExecuted() < quantumEnd && !yields;
    }

    /// Blocks until the quantum ends or a timer is due, so that a timer's signal comes on time.
    private long blocksUntilEvent(Task task, long quantumLeft) {
        long blocks = quantumLeft;
        long next = kernel.timers().nextExpiryNanos();
        if (next != TimerQueue.NEVER) {
            long left = next - kernel.clock().monotonicNanos();
            blocks = Math.min(blocks, left / NANOS_PER_BLOCK + 1);
        }
        if (task.group().countsCpuTime) {
            long left = task.group().intervalTimers().cpuNanosLeft();
            blocks = Math.min(blocks, left / NANOS_PER_BLOCK + 1);
        }
        return Math.max(1, blocks);
    }

    private void account(Task task, long blocks) {
        long nanos = blocks * NANOS_PER_BLOCK;
        task.counters().ranBlocks(blocks, nanos);
        kernel.clock().worked(nanos);
        if (task.group().countsCpuTime) {
            task.group().intervalTimers().checkCpuTime();
        }
        CpuLimit.check(kernel, task.group());
    }

    /// A SYSCALL instruction was executed.
    ///
    /// @return whether the task goes on
    private boolean startSyscall(Task task) {
        // Linux takes the number as an int: do_syscall_64()
        task.syscallNumber = (int) task.cpu().get(Register.RAX);
        kernel.listener().syscallEntered(task);
        task.counters().ranSyscall(NANOS_PER_SYSCALL);
        kernel.clock().worked(NANOS_PER_SYSCALL);
        return runSyscall(task);
    }

    /// Runs the handler, for the first time or again.
    ///
    /// @return whether the call is over and the task goes on; false if it sleeps or has ended
    private boolean runSyscall(Task task) {
        long number = task.syscallNumber;
        long result;
        try {
            result = kernel.dispatcher().invoke(task);
        } catch (BlockedException blocked) {
            task.inSyscall = true;
            kernel.listener().syscallBlocked(task);
            return false;
        }
        task.inSyscall = false;
        syscallCount++;
        if (task.state().isOver()) {
            return false;
        }
        task.syscallWait().complete();
        Mm mm = task.mmOrNull();
        if (mm != null) {
            task.counters().minorFaults(mm.takeKernelFaults());
        }
        task.cpu().set(Register.RAX, result);
        kernel.listener().syscallReturned(task, number, result);
        if (task.syscallNumber >= 0 && !isRestart(result)) {
            task.syscallNumber = -1;
            if (result != -Errno.EINTR.number()) {
                task.restoreBlocked();
            }
        }
        return true;
    }

    private static boolean isRestart(long result) {
        return result <= -Errno.ERESTARTSYS.number()
                && result >= -Errno.ERESTART_RESTARTBLOCK.number()
                && result != -Errno.ENOIOCTLCMD.number();
    }

    @Override
    public FaultOutcome pageFault(long vaddr, int errorCode) {
        Task task = kernel.current();
        FaultResult result = task.mm().handleUserFault(vaddr, errorCode);
        return switch (result.kind()) {
            case RETRY -> {
                traps.reportFault(task, vaddr, errorCode, liveRip(task), result);
                yield FaultOutcome.RETRY;
            }
            case RESOLVED -> {
                traps.countFault(task, result);
                traps.reportFault(task, vaddr, errorCode, liveRip(task), result);
                yield FaultOutcome.RESOLVED;
            }
            case SIGNAL -> FaultOutcome.SIGNAL;
        };
    }

    private long liveRip(Task task) {
        return cpus.get(task.cpuNumber()).liveRegister(Register.RIP);
    }
}
