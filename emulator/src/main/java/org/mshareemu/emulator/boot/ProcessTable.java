package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskGroup;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessView;

/// The kernel's tasks as procfs asks for them. Process 1 has no tasks; [InitAsProcess] stands for
/// it.
final class ProcessTable implements ProcessView {
    private final Kernel kernel;

    ProcessTable(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public int nextProcess(int from) {
        int next = -1;
        for (TaskGroup group : kernel.tasks().groups()) {
            int id = group.tgid();
            if (id >= from && (next == -1 || id < next)) {
                next = id;
            }
        }
        return next;
    }

    @Override
    public @Nullable ProcessTask find(int tid) {
        if (tid == kernel.init().tgid()) {
            return new InitAsProcess(kernel);
        }
        Task task = kernel.tasks().find(tid);
        return task == null ? null : new TaskAsProcess(kernel, task);
    }
}
