package org.mshareemu.emulator.kernel.task;

/// The running system call cannot go on now. It left its task on wait queues ([Task#waitOn]) and
/// will be called again, from its start and with the same arguments, when one of them is woken.
///
/// Checked, so that no handler blocks without saying so; one stackless instance, so that blocking
/// costs nothing.
public final class BlockedException extends Exception {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("StaticAssignmentOfThrowable") // stackless and without state
    static final BlockedException INSTANCE = new BlockedException();

    private BlockedException() {
        super("blocked", null, false, false);
    }
}
