package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Sched.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.ProcessGroup;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskCounters;
import org.mshareemu.emulator.kernel.task.TaskGroup;

/// Limits, usage and scheduling. Priorities are kept and reported, but all tasks share the CPUs
/// evenly.
public final class ResourceCalls {
    private static final int RUSAGE_SELF = 0;
    private static final int RUSAGE_CHILDREN = -1;
    private static final int RUSAGE_THREAD = 1;
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final int MIN_NICE = -20;
    private static final int MAX_NICE = 19;
    private static final int MAX_REALTIME_PRIORITY = 99;
    private static final long ROUND_ROBIN_NANOS = 100_000_000;
    private static final int SCHED_ATTR_BYTES = 56;
    private static final int SCHED_ATTR_BYTES_VER0 = 48;
    private static final String NO_PRIORITIES = "priorities are kept but have no effect";

    private final Kernel kernel;

    public ResourceCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_getrlimit, (task, a) -> getrlimit(task, a.i0(), a.a1()));
        table.row(NR_setrlimit, (task, a) -> setrlimit(task, a.i0(), a.a1()));
        table.row(NR_prlimit64, (task, a) -> prlimit(task, a.i0(), a.i1(), a.a2(), a.a3()));
        table.row(NR_getrusage, (task, a) -> getrusage(task, a.i0(), a.a1()));
        table.row(NR_times, (task, a) -> times(task, a.a0()));
        table.row(NR_getpriority, (task, a) -> getpriority(task, a.i0(), a.i1()));
        table.partly(
                NR_setpriority,
                NO_PRIORITIES,
                (task, a) -> setpriority(task, a.i0(), a.i1(), a.i2()));
        table.row(NR_sched_yield, (_, _) -> schedYield());
        table.row(
                NR_sched_getaffinity, (task, a) -> schedGetaffinity(task, a.i0(), a.i1(), a.a2()));
        table.row(
                NR_sched_setaffinity, (task, a) -> schedSetaffinity(task, a.i0(), a.i1(), a.a2()));
        table.row(NR_sched_getscheduler, (task, a) -> find(task, a.i0()).schedulingPolicy());
        table.row(NR_sched_getparam, (task, a) -> schedGetparam(task, a.i0(), a.a1()));
        table.partly(
                NR_sched_setscheduler,
                NO_PRIORITIES,
                (task, a) -> schedSetscheduler(task, a.i0(), a.i1(), a.a2()));
        table.partly(
                NR_sched_setparam,
                NO_PRIORITIES,
                (task, a) ->
                        schedSetscheduler(
                                task, a.i0(), find(task, a.i0()).schedulingPolicy(), a.a1()));
        table.row(
                NR_sched_get_priority_max, (_, a) -> priorityLimit(a.i0(), MAX_REALTIME_PRIORITY));
        table.row(NR_sched_get_priority_min, (_, a) -> priorityLimit(a.i0(), 1));
        table.row(NR_sched_rr_get_interval, (task, a) -> schedRrGetInterval(task, a.i0(), a.a1()));
        table.row(
                NR_sched_getattr, (task, a) -> schedGetattr(task, a.i0(), a.a1(), a.i2(), a.i3()));
        table.row(NR_getcpu, (task, a) -> getcpu(task, a.a0(), a.a1()));
    }

    private static void checkResource(int resource) throws ErrnoException {
        if (resource < 0 || resource >= ResourceLimits.RLIM_NLIMITS) {
            throw Errno.EINVAL.exception();
        }
    }

    private static long getrlimit(Task task, int resource, long at) throws ErrnoException {
        checkResource(resource);
        task.memory().writeLong(at, task.limits().soft(resource));
        task.memory().writeLong(at + 8, task.limits().hard(resource));
        return 0;
    }

    private static long setrlimit(Task task, int resource, long at) throws ErrnoException {
        long soft = task.memory().readLong(at);
        long hard = task.memory().readLong(at + 8);
        setLimit(task, task, resource, soft, hard);
        return 0;
    }

    /// Linux: do_prlimit()
    private static void setLimit(Task caller, Task target, int resource, long soft, long hard)
            throws ErrnoException {
        checkResource(resource);
        if (Long.compareUnsigned(soft, hard) > 0) {
            throw Errno.EINVAL.exception();
        }
        if (resource == ResourceLimits.RLIMIT_NOFILE && Long.compareUnsigned(hard, 1 << 20) > 0) {
            throw Errno.EPERM.exception();
        }
        boolean raises = Long.compareUnsigned(hard, target.limits().hard(resource)) > 0;
        if (raises && !caller.credentials().isCapable(Credentials.CAP_SYS_RESOURCE)) {
            throw Errno.EPERM.exception();
        }
        target.limits().set(resource, soft, hard);
    }

    private long prlimit(Task task, int pid, int resource, long newAt, long oldAt)
            throws ErrnoException {
        UserMemory memory = task.memory();
        long soft = 0;
        long hard = 0;
        if (newAt != 0) {
            soft = memory.readLong(newAt);
            hard = memory.readLong(newAt + 8);
        }
        Task target = find(task, pid);
        checkMayLimit(task, target);
        checkResource(resource);
        long oldSoft = target.limits().soft(resource);
        long oldHard = target.limits().hard(resource);
        if (newAt != 0) {
            setLimit(task, target, resource, soft, hard);
        }
        if (oldAt != 0) {
            memory.writeLong(oldAt, oldSoft);
            memory.writeLong(oldAt + 8, oldHard);
        }
        return 0;
    }

    /// Linux: check_prlimit_permission()
    private static void checkMayLimit(Task task, Task target) throws ErrnoException {
        Credentials who = task.credentials();
        Credentials whom = target.credentials();
        boolean isSame =
                who.uid() == whom.euid()
                        && who.uid() == whom.suid()
                        && who.uid() == whom.uid()
                        && who.gid() == whom.egid()
                        && who.gid() == whom.sgid()
                        && who.gid() == whom.gid();
        if (task.group() != target.group()
                && !isSame
                && !who.isCapable(Credentials.CAP_SYS_RESOURCE)) {
            throw Errno.EPERM.exception();
        }
    }

    private static long getrusage(Task task, int who, long at) throws ErrnoException {
        TaskGroup group = task.group();
        TaskCounters used =
                switch (who) {
                    case RUSAGE_SELF -> group.totalCounters();
                    case RUSAGE_CHILDREN -> group.waitedChildren();
                    case RUSAGE_THREAD -> task.counters();
                    default -> throw Errno.EINVAL.exception();
                };
        Mm mm = task.mm();
        long maxResidentKib = who == RUSAGE_CHILDREN ? 0 : mm.counters().highestResident() * 4;
        ResourceUsage.write(task.memory(), at, used, maxResidentKib);
        return 0;
    }

    private long times(Task task, long at) throws ErrnoException {
        if (at != 0) {
            TaskCounters own = task.group().totalCounters();
            TaskCounters children = task.group().waitedChildren();
            UserMemory memory = task.memory();
            memory.writeLong(at, own.userNanos() / NANOS_PER_TICK);
            memory.writeLong(at + 8, own.systemNanos() / NANOS_PER_TICK);
            memory.writeLong(at + 16, children.userNanos() / NANOS_PER_TICK);
            memory.writeLong(at + 24, children.systemNanos() / NANOS_PER_TICK);
        }
        return kernel.clock().monotonicNanos() / NANOS_PER_TICK;
    }

    /// The task of a number, 0 being the caller. Linux: find_process_by_pid()
    private Task find(Task caller, int pid) throws ErrnoException {
        Task target = pid == 0 ? caller : kernel.tasks().find(pid);
        if (target == null || (target.state().isOver() && !target.isLeader())) {
            throw Errno.ESRCH.exception();
        }
        return target;
    }

    private interface Visitor {
        void visit(Task task) throws ErrnoException;
    }

    /// @return whether there was any
    private boolean forEach(Task caller, int which, int who, Visitor visitor)
            throws ErrnoException {
        boolean any = false;
        ProcessGroup job =
                who == 0 ? caller.group().processGroup() : kernel.tasks().findProcessGroup(who);
        int uid = who == 0 ? caller.credentials().uid() : who;
        for (Task task : kernel.tasks().tasks()) {
            boolean isMeant =
                    switch (which) {
                        case PRIO_PROCESS -> task.tid() == (who == 0 ? caller.tid() : who);
                        case PRIO_PGRP -> task.group().processGroup() == job;
                        case PRIO_USER -> task.credentials().uid() == uid;
                        default -> throw Errno.EINVAL.exception();
                    };
            if (isMeant) {
                any = true;
                visitor.visit(task);
            }
        }
        return any;
    }

    /// @return 20 minus the lowest nice value, so that it is never negative
    private long getpriority(Task task, int which, int who) throws ErrnoException {
        int[] lowest = {MAX_NICE};
        boolean any = forEach(task, which, who, t -> lowest[0] = Math.min(lowest[0], t.nice()));
        if (!any) {
            throw Errno.ESRCH.exception();
        }
        return 20L - lowest[0];
    }

    private long setpriority(Task task, int which, int who, int wanted) throws ErrnoException {
        int nice = Math.clamp(wanted, MIN_NICE, MAX_NICE);
        Credentials caller = task.credentials();
        boolean isNice = caller.isCapable(Credentials.CAP_SYS_NICE);
        boolean any =
                forEach(
                        task,
                        which,
                        who,
                        target -> {
                            Credentials whom = target.credentials();
                            boolean isOwn =
                                    caller.euid() == whom.uid() || caller.euid() == whom.euid();
                            if (!isOwn && !isNice) {
                                throw Errno.EPERM.exception();
                            }
                            if (nice < target.nice() && !isNice && !mayRaise(target, nice)) {
                                throw Errno.EACCES.exception();
                            }
                            target.setNice(nice);
                        });
        if (!any) {
            throw Errno.ESRCH.exception();
        }
        return 0;
    }

    private static boolean mayRaise(Task target, int nice) {
        return !target.limits().isExceeded(ResourceLimits.RLIMIT_NICE, 20L - nice);
    }

    private long schedYield() {
        kernel.scheduler().yieldCpu();
        return 0;
    }

    private long schedGetaffinity(Task task, int pid, int lengthBytes, long maskAt)
            throws ErrnoException {
        if (lengthBytes < Long.BYTES || (lengthBytes & Long.BYTES - 1) != 0) {
            throw Errno.EINVAL.exception();
        }
        task.memory().writeLong(maskAt, find(task, pid).affinity());
        return Long.BYTES;
    }

    private long schedSetaffinity(Task task, int pid, int lengthBytes, long maskAt)
            throws ErrnoException {
        byte[] bytes = new byte[Long.BYTES];
        int length = Integer.compareUnsigned(lengthBytes, Long.BYTES) < 0 ? lengthBytes : 8;
        task.memory().read(maskAt, bytes, 0, length);
        long mask = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            mask |= (bytes[i] & 0xffL) << (8 * i);
        }
        Task target = find(task, pid);
        Credentials who = task.credentials();
        Credentials whom = target.credentials();
        if (who.euid() != whom.euid()
                && who.euid() != whom.uid()
                && !who.isCapable(Credentials.CAP_SYS_NICE)) {
            throw Errno.EPERM.exception();
        }
        mask &= kernel.allCpus();
        if (mask == 0) {
            throw Errno.EINVAL.exception();
        }
        target.setAffinity(mask);
        if (target == task && (mask >>> task.cpuNumber() & 1) == 0) {
            kernel.scheduler().yieldCpu();
        }
        return 0;
    }

    private long schedGetparam(Task task, int pid, long at) throws ErrnoException {
        if (at == 0 || pid < 0) {
            throw Errno.EINVAL.exception();
        }
        task.memory().writeInt(at, find(task, pid).schedulingPriority());
        return 0;
    }

    private long schedSetscheduler(Task task, int pid, int policy, long at) throws ErrnoException {
        if (at == 0 || pid < 0 || policy < 0) {
            throw Errno.EINVAL.exception();
        }
        int priority = task.memory().readInt(at);
        Task target = find(task, pid);
        int kind = policy & ~SCHED_RESET_ON_FORK;
        boolean isRealtime = kind == SCHED_FIFO || kind == SCHED_RR;
        boolean isKnown =
                isRealtime || kind == SCHED_NORMAL || kind == SCHED_BATCH || kind == SCHED_IDLE;
        if (!isKnown
                || priority < 0
                || priority > MAX_REALTIME_PRIORITY
                || isRealtime == (priority == 0)) {
            throw Errno.EINVAL.exception();
        }
        Credentials who = task.credentials();
        if (isRealtime
                && !who.isCapable(Credentials.CAP_SYS_NICE)
                && target.limits().isExceeded(ResourceLimits.RLIMIT_RTPRIO, priority)) {
            throw Errno.EPERM.exception();
        }
        target.setScheduling(policy, priority);
        return 0;
    }

    private static long priorityLimit(int policy, int forRealtime) throws ErrnoException {
        return switch (policy) {
            case SCHED_FIFO, SCHED_RR -> forRealtime;
            case SCHED_NORMAL, SCHED_BATCH, SCHED_IDLE, SCHED_DEADLINE, SCHED_EXT -> 0;
            default -> throw Errno.EINVAL.exception();
        };
    }

    private long schedRrGetInterval(Task task, int pid, long at) throws ErrnoException {
        if (pid < 0) {
            throw Errno.EINVAL.exception();
        }
        long nanos =
                switch (find(task, pid).schedulingPolicy()) {
                    case SCHED_FIFO -> 0;
                    case SCHED_RR -> ROUND_ROBIN_NANOS;
                    default -> 3_000_000;
                };
        TimeValues.writeTimespec(task.memory(), at, nanos);
        return 0;
    }

    /// struct sched_attr: size, policy, flags (8), nice, priority, runtime, deadline, period.
    private long schedGetattr(Task task, int pid, long at, int size, int flags)
            throws ErrnoException {
        if (at == 0
                || pid < 0
                || flags != 0
                || Integer.compareUnsigned(size, 4096) > 0
                || Integer.compareUnsigned(size, SCHED_ATTR_BYTES_VER0) < 0) {
            throw Errno.EINVAL.exception();
        }
        Task target = find(task, pid);
        UserMemory memory = task.memory();
        int written = Math.min(size, SCHED_ATTR_BYTES);
        memory.clear(at, written);
        memory.writeInt(at, written);
        memory.writeInt(at + 4, target.schedulingPolicy() & ~SCHED_RESET_ON_FORK);
        memory.writeInt(at + 16, target.nice());
        memory.writeInt(at + 20, target.schedulingPriority());
        return 0;
    }

    private static long getcpu(Task task, long cpuAt, long nodeAt) throws ErrnoException {
        if (cpuAt != 0) {
            task.memory().writeInt(cpuAt, task.cpuNumber());
        }
        if (nodeAt != 0) {
            task.memory().writeInt(nodeAt, 0);
        }
        return 0;
    }
}
