package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskCounters;
import org.mshareemu.emulator.kernel.task.TaskGroup;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A task of the kernel as procfs reads it.
final class TaskAsProcess implements ProcessTask {
    private static final long PF_EXITING = 0x4;
    private static final int NO_TERMINAL_GROUP = -1;

    private final Kernel kernel;
    private final Task task;

    TaskAsProcess(Kernel kernel, Task task) {
        this.kernel = kernel;
        this.task = task;
    }

    private TaskGroup group() {
        return task.group();
    }

    @Override
    public TaskIds ids() {
        return new TaskIds(
                task.tid(),
                task.tgid(),
                group().parentId(),
                group().processGroup().id(),
                group().session().id(),
                0,
                NO_TERMINAL_GROUP,
                Math.max(1, group().liveTasks()));
    }

    @Override
    public List<Integer> threads() {
        List<Integer> ids = new ArrayList<>();
        for (Task thread : group().tasks()) {
            ids.add(thread.tid());
        }
        Collections.sort(ids);
        return ids;
    }

    @Override
    public List<Integer> children() {
        List<Integer> ids = new ArrayList<>();
        if (task.isLeader()) {
            for (TaskGroup child : group().children()) {
                ids.add(child.tgid());
            }
        }
        return ids;
    }

    @Override
    public String comm() {
        return task.comm();
    }

    @Override
    public void setComm(String comm) {
        task.setComm(comm);
    }

    @Override
    public char stateLetter() {
        return task.state().letter();
    }

    @Override
    public Credentials credentials() {
        return task.credentials();
    }

    @Override
    public ResourceLimits limits() {
        return task.limits();
    }

    @Override
    public SignalSets signals() {
        long ignored = task.state().isOver() ? 0 : task.handlers().ignoredSet();
        long caught = task.state().isOver() ? 0 : task.handlers().caughtSet();
        return new SignalSets(
                task.pending().set(),
                group().sharedPending().set(),
                task.blocked(),
                ignored,
                caught,
                task.pending().size() + group().sharedPending().size());
    }

    private TaskCounters counters(Extent extent) {
        return extent == Extent.THREAD ? task.counters() : group().totalCounters();
    }

    @Override
    public TaskTimes times(Extent extent) {
        TaskCounters own = counters(extent);
        TaskCounters children = group().waitedChildren();
        return new TaskTimes(
                task.counters().startNanos(),
                own.userNanos(),
                own.systemNanos(),
                children.userNanos(),
                children.systemNanos(),
                own.minorFaults(),
                own.majorFaults(),
                children.minorFaults(),
                children.majorFaults(),
                own.voluntarySwitches(),
                own.involuntarySwitches());
    }

    @Override
    public TaskSchedule schedule() {
        return new TaskSchedule(
                task.nice(),
                task.schedulingPolicy(),
                task.schedulingPriority(),
                task.cpuNumber(),
                task.affinity());
    }

    /// Nobody counts the bytes.
    @Override
    public IoCounters io(Extent extent) {
        return IoCounters.NONE;
    }

    @Override
    public @Nullable FileTable files() {
        return task.filesOrNull();
    }

    @Override
    public @Nullable FsContext fs() {
        return task.fsOrNull();
    }

    @Override
    public @Nullable ProcessMemory memory() {
        Mm mm = task.mmOrNull();
        return mm == null ? null : new MmAsProcessMemory(kernel.mmContext(), mm);
    }

    /// Never PF_RANDOMIZE: programs are loaded where ADDR_NO_RANDOMIZE would put them.
    @Override
    public long flags() {
        return task.state().isOver() ? PF_EXITING : 0;
    }

    @Override
    public int exitSignal() {
        return task.exitSignal();
    }

    @Override
    public int exitCode() {
        return task.state().isOver() ? group().exitStatus() : 0;
    }

    @Override
    public boolean isDumpable() {
        return group().isDumpable();
    }

    @Override
    public boolean hasNoNewPrivileges() {
        return task.options().hasNoNewPrivileges();
    }

    @Override
    public int oomScoreAdjustment() {
        return group().oomScoreAdjustment();
    }

    @Override
    public void setOomScoreAdjustment(int adjustment) {
        group().setOomScoreAdjustment(adjustment);
    }

    @Override
    public int personality() {
        return task.options().personality();
    }

    @Override
    public long timerSlackNanos() {
        return task.options().timerSlackNanos();
    }

    @Override
    public void setTimerSlackNanos(long nanos) {
        task.options().setTimerSlackNanos(nanos);
    }
}
