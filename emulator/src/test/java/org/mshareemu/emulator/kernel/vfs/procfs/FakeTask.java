package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;

import java.util.List;

/// A task that is what a test says.
final class FakeTask implements ProcessTask {
    final int tid;
    final int tgid;
    String comm = "program";
    char stateLetter = 'S';
    Credentials credentials = Credentials.ROOT;
    final ResourceLimits limits = new ResourceLimits();
    @Nullable FsContext fs;
    @Nullable FileTable files = new FileTable();
    @Nullable ProcessMemory memory;
    List<Integer> threads;
    int oomScoreAdjustment;
    long timerSlackNanos = 50_000;
    boolean dumpable = true;

    FakeTask(int tid, int tgid) {
        this.tid = tid;
        this.tgid = tgid;
        this.threads = List.of(tid);
    }

    /// What is left of a process that nobody has waited for.
    void becomeZombie() {
        stateLetter = 'Z';
        fs = null;
        files = null;
        memory = null;
    }

    @Override
    public TaskIds ids() {
        return new TaskIds(tid, tgid, 1, 100, 90, 0, -1, threads.size());
    }

    @Override
    public List<Integer> threads() {
        return threads;
    }

    @Override
    public List<Integer> children() {
        return List.of(201, 202);
    }

    @Override
    public String comm() {
        return comm;
    }

    @Override
    public void setComm(String newComm) {
        comm = newComm;
    }

    @Override
    public char stateLetter() {
        return stateLetter;
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public ResourceLimits limits() {
        return limits;
    }

    @Override
    public SignalSets signals() {
        return new SignalSets(1, 2, 0x1_0000_0004L, 8, 16, 3);
    }

    @Override
    public TaskTimes times(Extent extent) {
        long user = extent == Extent.PROCESS ? 70_000_000 : 50_000_000;
        return new TaskTimes(
                1_230_000_000L, user, 20_000_000, 30_000_000, 40_000_000, 5, 6, 7, 8, 9, 10);
    }

    @Override
    public TaskSchedule schedule() {
        return new TaskSchedule(-5, 0, 0, 1, 0b1011);
    }

    @Override
    public IoCounters io(Extent extent) {
        return new IoCounters(6976, 12, 10, 3);
    }

    @Override
    public @Nullable FileTable files() {
        return files;
    }

    @Override
    public @Nullable FsContext fs() {
        return fs;
    }

    @Override
    public @Nullable ProcessMemory memory() {
        return memory;
    }

    @Override
    public long flags() {
        return 0x40_0000;
    }

    @Override
    public int exitSignal() {
        return 17;
    }

    @Override
    public int exitCode() {
        return 0;
    }

    @Override
    public boolean isDumpable() {
        return dumpable;
    }

    @Override
    public boolean hasNoNewPrivileges() {
        return false;
    }

    @Override
    public int oomScoreAdjustment() {
        return oomScoreAdjustment;
    }

    @Override
    public void setOomScoreAdjustment(int adjustment) {
        oomScoreAdjustment = adjustment;
    }

    @Override
    public int personality() {
        return 0;
    }

    @Override
    public long timerSlackNanos() {
        return timerSlackNanos;
    }

    @Override
    public void setTimerSlackNanos(long nanos) {
        timerSlackNanos = nanos;
    }
}
