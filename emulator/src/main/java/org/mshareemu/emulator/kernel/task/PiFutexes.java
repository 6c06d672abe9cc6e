package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Futex;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Futexes whose word names their owner, and which the kernel hands from owner to waiter. Nobody's
/// priority is inherited, as all tasks have the same; hand-over is first come, first served.
///
/// Linux: futex_lock_pi(), futex_unlock_pi(), struct futex_pi_state
public final class PiFutexes {
    /// One task that waits to own a futex.
    public static final class PiWaiter {
        private final Task task;
        private final FutexTable.Key key;
        private final long vaddr;
        private final WaitQueue queue = new WaitQueue();
        private boolean isOwner;

        private PiWaiter(Task task, FutexTable.Key key, long vaddr) {
            this.task = task;
            this.key = key;
            this.vaddr = vaddr;
        }

        /// Whether the futex was handed to it.
        public boolean isOwner() {
            return isOwner;
        }

        /// Where its task sleeps.
        public WaitQueue queue() {
            return queue;
        }
    }

    /// Who owns a futex that somebody waits for, and who waits.
    private static final class PiState {
        private Task owner;
        private final List<PiWaiter> waiters = new ArrayList<>(2);

        PiState(Task owner) {
            this.owner = owner;
        }
    }

    private final Map<FutexTable.Key, PiState> states = new LinkedHashMap<>();

    /// Takes a futex that is free. Linux: futex_lock_pi_atomic()
    ///
    /// @return whether the task owns it now
    /// @throws ErrnoException EDEADLK if it does already, EFAULT
    public boolean tryLock(Task task, FutexTable.Key key, long vaddr) throws ErrnoException {
        UserMemory memory = task.memory();
        int word = memory.readInt(vaddr);
        int owner = word & Futex.FUTEX_TID_MASK;
        if (owner == task.tid()) {
            throw Errno.EDEADLK.exception();
        }
        if (owner != 0) {
            return false;
        }
        PiState state = states.get(key);
        if (state != null) {
            return false;
        }
        memory.writeInt(vaddr, (word & Futex.FUTEX_OWNER_DIED) | task.tid());
        return true;
    }

    /// Becomes a waiter of a futex that somebody owns.
    ///
    /// @throws ErrnoException ESRCH if the owner does not exist, EINVAL if it is not the one the
    ///   kernel knows, EFAULT
    public PiWaiter enqueue(Task task, FutexTable.Key key, long vaddr) throws ErrnoException {
        int word = task.memory().readInt(vaddr);
        Task owner = task.kernel().tasks().find(word & Futex.FUTEX_TID_MASK);
        if (owner == null || owner.state().isOver()) {
            throw Errno.ESRCH.exception();
        }
        PiState state = states.computeIfAbsent(key, _ -> new PiState(owner));
        if (!state.owner.equals(owner)) {
            throw Errno.EINVAL.exception();
        }
        task.memory().writeInt(vaddr, word | Futex.FUTEX_WAITERS);
        PiWaiter waiter = new PiWaiter(task, key, vaddr);
        state.waiters.add(waiter);
        return waiter;
    }

    /// Takes a waiter out that gave up.
    public void dequeue(PiWaiter waiter) {
        PiState state = states.get(waiter.key);
        if (state != null && state.waiters.remove(waiter) && state.waiters.isEmpty()) {
            states.remove(waiter.key);
        }
    }

    /// Gives the futex to its first waiter, or frees it. Linux: futex_unlock_pi()
    ///
    /// @throws ErrnoException EPERM if the task does not own it, EFAULT
    public void unlock(Task task, FutexTable.Key key, long vaddr) throws ErrnoException {
        int word = task.memory().readInt(vaddr);
        if ((word & Futex.FUTEX_TID_MASK) != task.tid()) {
            throw Errno.EPERM.exception();
        }
        PiState state = states.get(key);
        if (state == null) {
            task.memory().writeInt(vaddr, 0);
            return;
        }
        handOver(key, state, task.memory(), vaddr, 0);
    }

    /// Futexes that a task owned when it ended go to their waiters. Linux: exit_pi_state_list()
    void ownerEnded(Task task) {
        for (FutexTable.Key key : states.keySet().toArray(FutexTable.Key[]::new)) {
            PiState state = states.get(key);
            if (state != null && state.owner.equals(task)) {
                PiWaiter first = state.waiters.getFirst();
                try {
                    handOver(key, state, first.task.memory(), first.vaddr, Futex.FUTEX_OWNER_DIED);
                } catch (ErrnoException unwritable) {
                    task.kernel().listener().logged("a futex of " + task + " cannot be handed on");
                }
            }
        }
    }

    private void handOver(
            FutexTable.Key key, PiState state, UserMemory memory, long vaddr, int flags)
            throws ErrnoException {
        PiWaiter next = state.waiters.getFirst();
        memory.writeInt(vaddr, next.task.tid() | Futex.FUTEX_WAITERS | flags);
        state.waiters.removeFirst();
        state.owner = next.task;
        next.isOwner = true;
        if (state.waiters.isEmpty()) {
            states.remove(key);
        }
        next.queue.wakeAll();
    }

    /// How many futexes are waited for; for the check when the machine closes.
    public int size() {
        return states.size();
    }
}
