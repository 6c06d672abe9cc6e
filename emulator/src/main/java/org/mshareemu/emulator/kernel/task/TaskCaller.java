package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.TaskRef;

/// A task as file operations see their caller.
final class TaskCaller implements CallerContext {
    private final Task task;

    TaskCaller(Task task) {
        this.task = task;
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
    public UserMemory memory() {
        return task.memory();
    }

    @Override
    public AddressSpace space() {
        return task.mm();
    }

    @Override
    public TaskRef task() {
        return task;
    }

    @Override
    public FileTable files() {
        return task.files();
    }

    @Override
    public FsContext fs() {
        return task.fs();
    }

    @Override
    public void sendSignal(int signo) {
        SigInfo info =
                SigInfo.fromTask(signo, Signals.SI_USER, task.tgid(), task.credentials().uid());
        task.kernel().signals().sendToTask(task, info);
    }
}
