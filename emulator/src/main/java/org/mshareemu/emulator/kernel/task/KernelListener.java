package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.kernel.mm.FaultResult;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalAction;

/// Somebody who looks on. Called on the machine's thread; must not change anything, and is never
/// asked for a decision.
public interface KernelListener {
    /// A call starts; number and arguments are in the registers. Not repeated when a blocked call
    /// runs again.
    default void syscallEntered(Task task) {}

    /// A call cannot go on and the task sleeps.
    default void syscallBlocked(Task task) {}

    /// A call is over.
    ///
    /// @param result as the guest gets it in RAX, or one of the internal ERESTART numbers, negative
    default void syscallReturned(Task task, long number, long result) {}

    /// A page fault of an instruction was handled.
    ///
    /// @param vaddr the address as the TLB fill knows it; exact to the page at least
    /// @param errorCode of the x86 page fault
    /// @param rip the instruction
    default void pageFault(Task task, long vaddr, int errorCode, long rip, FaultResult result) {}

    /// A signal was taken from the queue: a handler is called, or the default is done.
    default void signalDelivered(Task task, SigInfo info, SignalAction action) {}

    /// The machine started a first task of a program.
    default void taskStarted(Task task) {}

    /// A task made another, a thread or a process.
    default void taskCloned(Task parent, Task child, long cloneFlags) {}

    /// A task runs another program from now on.
    default void taskExeced(Task task, String path) {}

    /// A task ends; it still has its address space.
    ///
    /// @param status as wait4(2) gives it
    default void taskExiting(Task task, int status) {}

    /// A task was given the CPU after another.
    default void taskSwitched(Task task, int cpuNumber) {}

    /// The kernel has something to say to the user, once.
    default void logged(String line) {}
}
