package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.kernel.mm.FaultResult;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalAction;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.Task;

import java.util.List;

/// Several listeners as one, told in order.
final class ListenerList implements KernelListener {
    private final List<KernelListener> listeners;

    ListenerList(List<KernelListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void syscallEntered(Task task) {
        for (KernelListener listener : listeners) {
            listener.syscallEntered(task);
        }
    }

    @Override
    public void syscallBlocked(Task task) {
        for (KernelListener listener : listeners) {
            listener.syscallBlocked(task);
        }
    }

    @Override
    public void syscallReturned(Task task, long number, long result) {
        for (KernelListener listener : listeners) {
            listener.syscallReturned(task, number, result);
        }
    }

    @Override
    public void pageFault(Task task, long vaddr, int errorCode, long rip, FaultResult result) {
        for (KernelListener listener : listeners) {
            listener.pageFault(task, vaddr, errorCode, rip, result);
        }
    }

    @Override
    public void signalDelivered(Task task, SigInfo info, SignalAction action) {
        for (KernelListener listener : listeners) {
            listener.signalDelivered(task, info, action);
        }
    }

    @Override
    public void taskStarted(Task task) {
        for (KernelListener listener : listeners) {
            listener.taskStarted(task);
        }
    }

    @Override
    public void taskCloned(Task parent, Task child, long cloneFlags) {
        for (KernelListener listener : listeners) {
            listener.taskCloned(parent, child, cloneFlags);
        }
    }

    @Override
    public void taskExeced(Task task, String path) {
        for (KernelListener listener : listeners) {
            listener.taskExeced(task, path);
        }
    }

    @Override
    public void taskExiting(Task task, int status) {
        for (KernelListener listener : listeners) {
            listener.taskExiting(task, status);
        }
    }

    @Override
    public void taskSwitched(Task task, int cpuNumber) {
        for (KernelListener listener : listeners) {
            listener.taskSwitched(task, cpuNumber);
        }
    }

    @Override
    public void logged(String line) {
        for (KernelListener listener : listeners) {
            listener.logged(line);
        }
    }
}
