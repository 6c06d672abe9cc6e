package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.kernel.spi.TaskLifecycle;

import java.util.ArrayList;
import java.util.List;

/// Those who asked to be told when tasks are made and end, in the order in which they asked.
public final class LifecycleListeners {
    private final List<TaskLifecycle> listeners = new ArrayList<>();

    public void add(TaskLifecycle listener) {
        listeners.add(listener);
    }

    void forked(Task parent, Task child) {
        for (TaskLifecycle listener : listeners) {
            listener.forked(parent, child);
        }
    }

    void exiting(Task task) {
        for (TaskLifecycle listener : listeners) {
            listener.exiting(task);
        }
    }
}
