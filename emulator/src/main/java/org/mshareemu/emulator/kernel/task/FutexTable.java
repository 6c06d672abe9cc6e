package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Futex;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.FaultTarget;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tasks that wait on words of memory; see futex(2).
///
/// A futex is known by where its word really is: in shared memory by page cache and offset, so that
/// processes meet whatever their addresses are; else by address space and address.
///
/// Linux: the futex hash table; union futex_key
public final class FutexTable {
    /// Who may meet at a futex. Linux: FLAGS_SHARED
    public enum Sharing {
        /// Threads of one process: its address alone says where it is.
        PRIVATE,
        /// Everybody who maps the memory.
        SHARED
    }

    /// Where a futex is; `place` is compared by identity. Linux: union futex_key
    ///
    /// @param place an address space or a page cache
    /// @param offset byte offset in it
    public record Key(Object place, long offset) {}

    /// One waiting task. Linux: struct futex_q
    public static final class FutexWaiter {
        private final Task task;
        private final int bitset;
        private final WaitQueue queue = new WaitQueue();
        private Key key;
        private boolean woken;

        private FutexWaiter(Task task, Key key, int bitset) {
            this.task = task;
            this.key = key;
            this.bitset = bitset;
        }

        /// Whether somebody woke it, rather than a signal or the clock.
        public boolean isWoken() {
            return woken;
        }

        /// Where its task sleeps.
        public WaitQueue queue() {
            return queue;
        }
    }

    private final Map<Key, List<FutexWaiter>> waiters = new HashMap<>();
    private final PiFutexes pi = new PiFutexes();

    /// Those that the kernel hands from owner to waiter.
    public PiFutexes pi() {
        return pi;
    }

    /// Finds the key of a word. Linux: get_futex_key()
    ///
    /// @throws ErrnoException EINVAL if not aligned, EFAULT if a shared one is not mapped
    public Key key(Task task, long vaddr, Sharing sharing) throws ErrnoException {
        AddressSpace space = task.mm();
        if ((vaddr & 3) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (Long.compareUnsigned(vaddr, space.taskSize()) >= 0) {
            throw Errno.EFAULT.exception();
        }
        if (sharing == Sharing.PRIVATE) {
            return new Key(space, vaddr);
        }
        task.memory().readInt(vaddr);
        return sharedKey(space, vaddr);
    }

    private static Key sharedKey(AddressSpace space, long vaddr) {
        VmArea area = space.findArea(vaddr);
        if (area == null) {
            return new Key(space, vaddr);
        }
        if (area.has(VmFlags.VM_MSHARE)
                && area.operations().redirect(area, vaddr)
                        instanceof FaultTarget.Redirect(VmArea hostArea, long hostVaddr)) {
            return sharedKey(hostArea.addressSpace(), hostVaddr);
        }
        PageCache pages = area.pages();
        if (pages == null || !area.has(VmFlags.VM_MAYSHARE)) {
            return new Key(space, vaddr);
        }
        return new Key(pages, area.pageOffset() * 4096 + (vaddr - area.start()));
    }

    /// Adds a waiter at the end of its futex's queue.
    public FutexWaiter enqueue(Task task, Key key, int bitset) {
        FutexWaiter waiter = new FutexWaiter(task, key, bitset);
        waiters.computeIfAbsent(key, _ -> new ArrayList<>(2)).add(waiter);
        return waiter;
    }

    /// Takes a waiter out that gave up.
    public void dequeue(FutexWaiter waiter) {
        List<FutexWaiter> queue = waiters.get(waiter.key);
        if (queue != null && queue.remove(waiter) && queue.isEmpty()) {
            waiters.remove(waiter.key);
        }
    }

    /// Wakes the oldest waiters whose bit set meets `bitset`. Linux: futex_wake()
    ///
    /// @return how many
    public int wake(Key key, int count, int bitset) {
        List<FutexWaiter> queue = waiters.get(key);
        int woken = 0;
        for (int i = 0; queue != null && i < queue.size() && woken < count; ) {
            FutexWaiter waiter = queue.get(i);
            if ((waiter.bitset & bitset) != 0) {
                queue.remove(i);
                wake(waiter);
                woken++;
            } else {
                i++;
            }
        }
        if (queue != null && queue.isEmpty()) {
            waiters.remove(key);
        }
        return woken;
    }

    private static void wake(FutexWaiter waiter) {
        waiter.woken = true;
        waiter.queue.wakeAll();
    }

    /// Wakes some and lets others wait on another futex. Linux: futex_requeue()
    ///
    /// @return how many were woken or moved
    public int requeue(Key from, Key to, int wakeCount, int requeueCount) {
        int done = wake(from, wakeCount, Futex.FUTEX_BITSET_MATCH_ANY);
        List<FutexWaiter> queue = waiters.get(from);
        if (queue == null || from.equals(to)) {
            int same = queue == null ? 0 : Math.min(queue.size(), requeueCount);
            return done + same;
        }
        List<FutexWaiter> target = waiters.computeIfAbsent(to, _ -> new ArrayList<>(2));
        int moved = 0;
        while (!queue.isEmpty() && moved < requeueCount) {
            FutexWaiter waiter = queue.removeFirst();
            waiter.key = to;
            target.add(waiter);
            moved++;
        }
        if (queue.isEmpty()) {
            waiters.remove(from);
        }
        if (target.isEmpty()) {
            waiters.remove(to);
        }
        return done + moved;
    }

    /// Wakes waiters on a word, private or shared ones; for clear_child_tid.
    void wakeAt(AddressSpace space, long vaddr, int count) {
        int woken = wake(new Key(space, vaddr), count, Futex.FUTEX_BITSET_MATCH_ANY);
        Key shared = sharedKey(space, vaddr);
        if (woken < count && !shared.place().equals(space)) {
            wake(shared, count - woken, Futex.FUTEX_BITSET_MATCH_ANY);
        }
    }

    /// Marks the locks that a task still holds as abandoned. Linux: exit_robust_list()
    void exitRobustList(Task task) {
        long head = task.robustListHead;
        task.robustListHead = 0;
        if (head == 0) {
            return;
        }
        UserMemory memory = task.memory();
        try {
            long entry = memory.readLong(head);
            long offset = memory.readLong(head + 8);
            long pending = memory.readLong(head + 16);
            int limit = Futex.ROBUST_LIST_LIMIT;
            while ((entry & ~1L) != head && limit-- > 0) {
                long next = memory.readLong(entry & ~1L);
                if (entry != pending) {
                    abandon(task, (entry & ~1L) + offset, false);
                }
                entry = next;
            }
            if (pending != 0) {
                abandon(task, (pending & ~1L) + offset, true);
            }
        } catch (ErrnoException unreadable) {
            // As on Linux, a broken list ends the walk.
            task.kernel().listener().logged("robust list of " + task + " cannot be read");
        }
    }

    /// Linux: handle_futex_death()
    private void abandon(Task task, long vaddr, boolean isPending) throws ErrnoException {
        if ((vaddr & 3) != 0) {
            return;
        }
        int word = task.memory().readInt(vaddr);
        if (isPending && word == 0) {
            wakeAt(task.mm(), vaddr, 1);
            return;
        }
        if ((word & Futex.FUTEX_TID_MASK) != task.tid()) {
            return;
        }
        task.memory().writeInt(vaddr, (word & Futex.FUTEX_WAITERS) | Futex.FUTEX_OWNER_DIED);
        if ((word & Futex.FUTEX_WAITERS) != 0) {
            wakeAt(task.mm(), vaddr, 1);
        }
    }

    /// Whether nobody waits; for the check when the machine closes.
    public @Nullable String leak() {
        if (waiters.isEmpty()) {
            return pi.size() == 0 ? null : pi.size() + " owned futexes are waited on";
        }
        Task task = waiters.values().iterator().next().getFirst().task;
        return waiters.size() + " futexes are waited on, one by " + task;
    }
}
