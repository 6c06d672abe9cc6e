package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Futex.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.FutexTable;
import org.mshareemu.emulator.kernel.task.FutexTable.Sharing;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.PiFutexes;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.time.TimerQueue;

/// futex(2). Linux: do_futex()
public final class FutexCalls {
    private static final int OP_SET = 0;
    private static final int OP_ADD = 1;
    private static final int OP_OR = 2;
    private static final int OP_ANDN = 3;
    private static final int OP_XOR = 4;
    private static final int OPARG_SHIFT = 8;

    private static final int CMP_EQ = 0;
    private static final int CMP_NE = 1;
    private static final int CMP_LT = 2;
    private static final int CMP_LE = 3;
    private static final int CMP_GT = 4;
    private static final int CMP_GE = 5;

    private final Kernel kernel;
    private final FutexTable futexes;

    public FutexCalls(Kernel kernel) {
        this.kernel = kernel;
        this.futexes = kernel.futexes();
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.partly(
                NR_futex,
                "no requeueing to FUTEX_*_PI; nobody's priority is inherited",
                (task, a) -> futex(task, a.a0(), a.i1(), a.i2(), a.a3(), a.a4(), a.i5()));
    }

    /// The fourth argument is a timeout or a second count.
    private long futex(
            Task task, long vaddr, int op, int value, long fourth, long vaddr2, int value3)
            throws ErrnoException, BlockedException {
        int command = op & FUTEX_CMD_MASK;
        Sharing sharing = (op & FUTEX_PRIVATE_FLAG) != 0 ? Sharing.PRIVATE : Sharing.SHARED;
        boolean isRealtime = (op & FUTEX_CLOCK_REALTIME) != 0;
        if (isRealtime
                && command != FUTEX_WAIT_BITSET
                && command != FUTEX_WAIT_REQUEUE_PI
                && command != FUTEX_LOCK_PI2) {
            throw Errno.ENOSYS.exception();
        }
        return switch (command) {
            case FUTEX_WAIT -> {
                long deadline = relativeDeadline(task, fourth);
                yield wait(task, vaddr, sharing, value, FUTEX_BITSET_MATCH_ANY, deadline);
            }
            case FUTEX_WAIT_BITSET -> {
                long deadline = absoluteDeadline(task, fourth, isRealtime);
                yield wait(task, vaddr, sharing, value, value3, deadline);
            }
            case FUTEX_WAKE -> wake(task, vaddr, sharing, value, FUTEX_BITSET_MATCH_ANY);
            case FUTEX_WAKE_BITSET -> wake(task, vaddr, sharing, value, value3);
            case FUTEX_REQUEUE, FUTEX_CMP_REQUEUE -> {
                boolean compares = command == FUTEX_CMP_REQUEUE;
                Requeue request = new Requeue(vaddr, vaddr2, value, (int) fourth, compares, value3);
                yield requeue(task, request, sharing);
            }
            case FUTEX_WAKE_OP -> wakeOp(task, vaddr, vaddr2, sharing, value, (int) fourth, value3);
            case FUTEX_LOCK_PI, FUTEX_LOCK_PI2 -> {
                boolean byRealtime = command == FUTEX_LOCK_PI || isRealtime;
                long deadline = absoluteDeadline(task, fourth, byRealtime);
                yield lockPi(task, vaddr, sharing, deadline);
            }
            case FUTEX_TRYLOCK_PI -> {
                if (!futexes.pi().tryLock(task, futexes.key(task, vaddr, sharing), vaddr)) {
                    throw Errno.EAGAIN.exception();
                }
                yield 0;
            }
            case FUTEX_UNLOCK_PI -> {
                futexes.pi().unlock(task, futexes.key(task, vaddr, sharing), vaddr);
                yield 0;
            }
            default -> throw Errno.ENOSYS.exception();
        };
    }

    /// Linux: futex_lock_pi()
    private long lockPi(Task task, long vaddr, Sharing sharing, long deadline)
            throws ErrnoException, BlockedException {
        PiFutexes.PiWaiter waiter =
                task.progress() instanceof PiFutexes.PiWaiter earlier ? earlier : null;
        if (waiter == null) {
            FutexTable.Key key = futexes.key(task, vaddr, sharing);
            if (futexes.pi().tryLock(task, key, vaddr)) {
                return 0;
            }
            waiter = futexes.pi().enqueue(task, key, vaddr);
            task.setProgress(waiter);
        }
        if (waiter.isOwner()) {
            return 0;
        }
        if (task.timedOut()) {
            futexes.pi().dequeue(waiter);
            throw Errno.ETIMEDOUT.exception();
        }
        try {
            throw task.waitUntil(deadline, Errno.ERESTARTNOINTR, waiter.queue());
        } catch (ErrnoException interrupted) {
            futexes.pi().dequeue(waiter);
            throw interrupted;
        }
    }

    private static long relativeDeadline(Task task, long timeoutAt) throws ErrnoException {
        return task.deadline(
                timeoutAt == 0 ? -1 : TimeValues.readTimespec(task.memory(), timeoutAt));
    }

    private long absoluteDeadline(Task task, long timeAt, boolean isRealtime)
            throws ErrnoException {
        if (timeAt == 0) {
            return task.deadline(-1);
        }
        long time = TimeValues.readTimespec(task.memory(), timeAt);
        if (isRealtime && time != Long.MAX_VALUE) {
            time -= kernel.clock().realtimeNanos() - kernel.clock().monotonicNanos();
        }
        return task.absoluteDeadline(time);
    }

    /// Linux: futex_wait()
    private long wait(
            Task task, long vaddr, Sharing sharing, int expected, int bitset, long deadline)
            throws ErrnoException, BlockedException {
        if (bitset == 0) {
            throw Errno.EINVAL.exception();
        }
        FutexTable.FutexWaiter waiter =
                task.progress() instanceof FutexTable.FutexWaiter earlier ? earlier : null;
        if (waiter == null) {
            FutexTable.Key key = futexes.key(task, vaddr, sharing);
            if (task.memory().readInt(vaddr) != expected) {
                throw Errno.EAGAIN.exception();
            }
            waiter = futexes.enqueue(task, key, bitset);
            task.setProgress(waiter);
        }
        if (waiter.isWoken()) {
            return 0;
        }
        if (task.timedOut()) {
            futexes.dequeue(waiter);
            throw Errno.ETIMEDOUT.exception();
        }
        boolean isTimed = deadline != TimerQueue.NEVER;
        try {
            Errno onSignal = isTimed ? Errno.ERESTART_RESTARTBLOCK : Errno.ERESTARTSYS;
            throw task.waitUntil(deadline, onSignal, waiter.queue());
        } catch (ErrnoException interrupted) {
            futexes.dequeue(waiter);
            if (isTimed) {
                task.setRestartBlock(again -> {
                    long same = again.absoluteDeadline(deadline);
                    return wait(again, vaddr, sharing, expected, bitset, same);
                });
            }
            throw interrupted;
        }
    }

    private long wake(Task task, long vaddr, Sharing sharing, int count, int bitset)
            throws ErrnoException {
        if (bitset == 0) {
            throw Errno.EINVAL.exception();
        }
        FutexTable.Key key = futexes.key(task, vaddr, sharing);
        // Linux wakes one even if asked for none: futex_wake() counts after waking.
        return futexes.wake(key, Math.max(1, count), bitset);
    }

    private record Requeue(
            long from, long to, int wake, int requeue, boolean compares, int expected) {}

    private long requeue(Task task, Requeue request, Sharing sharing) throws ErrnoException {
        if (request.wake() < 0 || request.requeue() < 0) {
            throw Errno.EINVAL.exception();
        }
        FutexTable.Key from = futexes.key(task, request.from(), sharing);
        FutexTable.Key to = futexes.key(task, request.to(), sharing);
        if (request.compares() && task.memory().readInt(request.from()) != request.expected()) {
            throw Errno.EAGAIN.exception();
        }
        return futexes.requeue(from, to, request.wake(), request.requeue());
    }

    /// Linux: futex_wake_op(), futex_atomic_op_inuser()
    private long wakeOp(
            Task task, long vaddr, long vaddr2, Sharing sharing, int count, int count2, int op)
            throws ErrnoException {
        FutexTable.Key first = futexes.key(task, vaddr, sharing);
        FutexTable.Key second = futexes.key(task, vaddr2, sharing);
        int operation = op >>> 28 & 0x7;
        int comparison = op >>> 24 & 0xf;
        int argument = op << 8 >> 20;
        int compareWith = op << 20 >> 20;
        if ((op >>> 28 & OPARG_SHIFT) != 0) {
            argument = 1 << (argument & 31);
        }
        UserMemory memory = task.memory();
        int old = memory.readInt(vaddr2);
        int replaced =
                switch (operation) {
                    case OP_SET -> argument;
                    case OP_ADD -> old + argument;
                    case OP_OR -> old | argument;
                    case OP_ANDN -> old & ~argument;
                    case OP_XOR -> old ^ argument;
                    default -> throw Errno.ENOSYS.exception();
                };
        memory.writeInt(vaddr2, replaced);
        boolean wakesSecond =
                switch (comparison) {
                    case CMP_EQ -> old == compareWith;
                    case CMP_NE -> old != compareWith;
                    case CMP_LT -> old < compareWith;
                    case CMP_LE -> old <= compareWith;
                    case CMP_GT -> old > compareWith;
                    case CMP_GE -> old >= compareWith;
                    default -> throw Errno.ENOSYS.exception();
                };
        int woken = futexes.wake(first, Math.max(1, count), FUTEX_BITSET_MATCH_ANY);
        if (wakesSecond) {
            woken += futexes.wake(second, Math.max(1, count2), FUTEX_BITSET_MATCH_ANY);
        }
        return woken;
    }
}
