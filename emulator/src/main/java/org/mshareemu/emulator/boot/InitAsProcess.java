package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.TaskGroup;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask;

import java.util.ArrayList;
import java.util.List;

/// Process 1 as procfs reads it: a kernel's own process without memory, that sleeps and reaps.
final class InitAsProcess implements ProcessTask {
    private static final String NAME = "init";
    private static final char SLEEPING = 'S';

    /// Linux: PF_KTHREAD
    private static final long PF_KTHREAD = 0x20_0000;

    private static final int SIGCHLD = 17;
    private static final long DEFAULT_SLACK_NANOS = 50_000;

    private final Kernel kernel;

    InitAsProcess(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public TaskIds ids() {
        int id = kernel.init().tgid();
        return new TaskIds(id, id, 0, id, id, 0, -1, 1);
    }

    @Override
    public List<Integer> threads() {
        return List.of(kernel.init().tgid());
    }

    @Override
    public List<Integer> children() {
        List<Integer> ids = new ArrayList<>();
        for (TaskGroup child : kernel.init().children()) {
            ids.add(child.tgid());
        }
        return ids;
    }

    @Override
    public String comm() {
        return NAME;
    }

    /// Nobody is in the process to give it another name.
    @Override
    public void setComm(String comm) {}

    @Override
    public char stateLetter() {
        return SLEEPING;
    }

    @Override
    public Credentials credentials() {
        return Credentials.ROOT;
    }

    @Override
    public ResourceLimits limits() {
        return kernel.init().limits();
    }

    @Override
    public SignalSets signals() {
        return new SignalSets(0, 0, 0, 0, 0, 0);
    }

    @Override
    public TaskTimes times(Extent extent) {
        return new TaskTimes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public TaskSchedule schedule() {
        return new TaskSchedule(0, 0, 0, 0, kernel.allCpus());
    }

    @Override
    public IoCounters io(Extent extent) {
        return IoCounters.NONE;
    }

    @Override
    public @Nullable FileTable files() {
        return null;
    }

    @Override
    public @Nullable FsContext fs() {
        return null;
    }

    @Override
    public @Nullable ProcessMemory memory() {
        return null;
    }

    @Override
    public long flags() {
        return PF_KTHREAD;
    }

    @Override
    public int exitSignal() {
        return SIGCHLD;
    }

    @Override
    public int exitCode() {
        return 0;
    }

    @Override
    public boolean isDumpable() {
        return false;
    }

    @Override
    public boolean hasNoNewPrivileges() {
        return false;
    }

    @Override
    public int oomScoreAdjustment() {
        return kernel.init().oomScoreAdjustment();
    }

    @Override
    public void setOomScoreAdjustment(int adjustment) {
        kernel.init().setOomScoreAdjustment(adjustment);
    }

    @Override
    public int personality() {
        return 0;
    }

    @Override
    public long timerSlackNanos() {
        return DEFAULT_SLACK_NANOS;
    }

    /// It never sleeps on a timer.
    @Override
    public void setTimerSlackNanos(long nanos) {}
}
