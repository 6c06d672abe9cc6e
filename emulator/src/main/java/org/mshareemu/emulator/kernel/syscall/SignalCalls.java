package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Signals.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.signal.AltStack;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalAction;
import org.mshareemu.emulator.kernel.signal.SignalFrame;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.PidFile;
import org.mshareemu.emulator.kernel.task.ProcessGroup;
import org.mshareemu.emulator.kernel.task.RestartBlock;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskGroup;
import org.mshareemu.emulator.kernel.task.TaskState;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Sending, blocking, handling and awaiting signals.
public final class SignalCalls {
    private static final int SIGSET_BYTES = 8;
    private static final int SIGACTION_BYTES = 32;
    private static final int KERNEL_SIGINFO_BYTES = 48;

    private final Kernel kernel;
    private final SignalFrame frames = new SignalFrame();
    private final byte[] siginfo = new byte[SIGINFO_BYTES];

    public SignalCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_rt_sigaction, (task, a) -> rtSigaction(task, a.i0(), a.a1(), a.a2(), a.a3()));
        table.row(
                NR_rt_sigprocmask,
                (task, a) -> rtSigprocmask(task, a.i0(), a.a1(), a.a2(), a.a3()));
        table.row(NR_rt_sigpending, (task, a) -> rtSigpending(task, a.a0(), a.a1()));
        table.row(NR_rt_sigsuspend, (task, a) -> rtSigsuspend(task, a.a0(), a.a1()));
        table.row(
                NR_rt_sigtimedwait,
                (task, a) -> rtSigtimedwait(task, a.a0(), a.a1(), a.a2(), a.a3()));
        table.row(NR_rt_sigreturn, (task, _) -> rtSigreturn(task));
        table.row(NR_sigaltstack, (task, a) -> sigaltstack(task, a.a0(), a.a1()));
        table.row(NR_kill, (task, a) -> kill(task, a.i0(), a.i1()));
        table.row(NR_tkill, (task, a) -> tkill(task, a.i0(), a.i1()));
        table.row(NR_tgkill, (task, a) -> tgkill(task, a.i0(), a.i1(), a.i2()));
        table.row(NR_rt_sigqueueinfo, (task, a) -> rtSigqueueinfo(task, a.i0(), a.i1(), a.a2()));
        table.row(
                NR_rt_tgsigqueueinfo,
                (task, a) -> rtTgsigqueueinfo(task, a.i0(), a.i1(), a.i2(), a.a3()));
        table.row(NR_pause, (task, _) -> pause(task));
        table.row(
                NR_pidfd_send_signal,
                (task, a) -> pidfdSendSignal(task, a.i0(), a.i1(), a.a2(), a.i3()));
        table.row(NR_restart_syscall, (task, _) -> restartSyscall(task));
    }

    private long rtSigaction(Task task, int signo, long actionAt, long oldAt, long setBytes)
            throws ErrnoException {
        if (setBytes != SIGSET_BYTES) {
            throw Errno.EINVAL.exception();
        }
        UserMemory memory = task.memory();
        SignalAction action = actionAt == 0 ? null : readAction(memory, actionAt);
        if (signo < 1 || signo > NSIG || (action != null && (bit(signo) & UNBLOCKABLE_MASK) != 0)) {
            throw Errno.EINVAL.exception();
        }
        SignalAction old = task.handlers().get(signo);
        if (action != null) {
            task.handlers().set(signo, action);
            if (task.handlers().isIgnored(signo)) {
                kernel.signals().flushIgnored(task.group(), signo);
            }
        }
        if (oldAt != 0) {
            memory.clear(oldAt, SIGACTION_BYTES);
            memory.writeLong(oldAt, old.handler());
            memory.writeLong(oldAt + 8, old.flags());
            memory.writeLong(oldAt + 16, old.restorer());
            memory.writeLong(oldAt + 24, old.mask());
        }
        return 0;
    }

    private static SignalAction readAction(UserMemory memory, long at) throws ErrnoException {
        return new SignalAction(
                memory.readLong(at),
                memory.readLong(at + 8) & SA_ALL,
                memory.readLong(at + 16),
                memory.readLong(at + 24) & ~UNBLOCKABLE_MASK);
    }

    private static long rtSigprocmask(Task task, int how, long setAt, long oldAt, long setBytes)
            throws ErrnoException {
        if (setBytes != SIGSET_BYTES) {
            throw Errno.EINVAL.exception();
        }
        long old = task.blocked();
        if (setAt != 0) {
            long set = task.memory().readLong(setAt) & ~UNBLOCKABLE_MASK;
            task.setBlocked(
                    switch (how) {
                        case SIG_BLOCK -> old | set;
                        case SIG_UNBLOCK -> old & ~set;
                        case SIG_SETMASK -> set;
                        default -> throw Errno.EINVAL.exception();
                    });
        }
        if (oldAt != 0) {
            task.memory().writeLong(oldAt, old);
        }
        return 0;
    }

    private static long rtSigpending(Task task, long setAt, long setBytes) throws ErrnoException {
        if (Long.compareUnsigned(setBytes, SIGSET_BYTES) > 0) {
            throw Errno.EINVAL.exception();
        }
        long set = (task.pending().set() | task.group().sharedPending().set()) & task.blocked();
        for (int i = 0; i < setBytes; i++) {
            task.memory().writeByte(setAt + i, (byte) (set >>> (8 * i)));
        }
        return 0;
    }

    private static long rtSigsuspend(Task task, long setAt, long setBytes)
            throws ErrnoException, BlockedException {
        if (setBytes != SIGSET_BYTES) {
            throw Errno.EINVAL.exception();
        }
        task.setTemporaryBlocked(task.memory().readLong(setAt));
        throw task.waitForSignal(Errno.ERESTARTNOHAND);
    }

    private static long pause(Task task) throws ErrnoException, BlockedException {
        throw task.waitForSignal(Errno.ERESTARTNOHAND);
    }

    private long rtSigtimedwait(Task task, long setAt, long infoAt, long timeoutAt, long setBytes)
            throws ErrnoException, BlockedException {
        if (setBytes != SIGSET_BYTES) {
            throw Errno.EINVAL.exception();
        }
        long wanted = task.memory().readLong(setAt) & ~UNBLOCKABLE_MASK;
        long timeout = timeoutAt == 0 ? -1 : TimeValues.readTimespec(task.memory(), timeoutAt);
        long deadline = task.deadline(timeout);
        SigInfo info = kernel.signals().take(task, ~wanted);
        if (info != null) {
            task.endSignalWait();
            if (infoAt != 0) {
                writeInfo(task.memory(), infoAt, info);
            }
            return info.signo();
        }
        if (timeout == 0 || task.timedOut()) {
            task.endSignalWait();
            throw Errno.EAGAIN.exception();
        }
        task.beginSignalWait(wanted);
        try {
            throw task.waitUntil(deadline, Errno.EINTR);
        } catch (ErrnoException interrupted) {
            task.endSignalWait();
            throw interrupted;
        }
    }

    private void writeInfo(UserMemory memory, long infoAt, SigInfo info) throws ErrnoException {
        info.write(MemorySegment.ofArray(siginfo), 0);
        memory.write(infoAt, siginfo, 0, SIGINFO_BYTES);
    }

    /// The result is the restored RAX, so that it stays what it was.
    private long rtSigreturn(Task task) {
        try {
            SignalFrame.Restored restored = frames.restore(task.cpu(), task.memory());
            task.forgetSyscall();
            task.setBlocked(restored.mask());
            setAltStack(task, restored.altStack());
            return task.cpu().get(Register.RAX);
        } catch (ErrnoException badFrame) {
            task.forgetSyscall();
            kernel.signals().force(task, SigInfo.fromKernel(SIGSEGV));
            return 0;
        }
    }

    private static long sigaltstack(Task task, long newAt, long oldAt) throws ErrnoException {
        UserMemory memory = task.memory();
        AltStack old = task.altStack();
        long stackPointer = task.cpu().get(Register.RSP);
        if (newAt != 0) {
            AltStack wanted =
                    new AltStack(
                            memory.readLong(newAt),
                            memory.readLong(newAt + 16),
                            memory.readInt(newAt + 8));
            if (old.contains(stackPointer)) {
                throw Errno.EPERM.exception();
            }
            int mode = wanted.flags() & ~SS_AUTODISARM;
            if (mode != SS_DISABLE && mode != SS_ONSTACK && mode != 0) {
                throw Errno.EINVAL.exception();
            }
            if (mode != SS_DISABLE && Long.compareUnsigned(wanted.sizeBytes(), MINSIGSTKSZ) < 0) {
                throw Errno.ENOMEM.exception();
            }
            task.setAltStack(mode == SS_DISABLE ? new AltStack(0, 0, wanted.flags()) : wanted);
        }
        if (oldAt != 0) {
            memory.writeLong(oldAt, old.base());
            memory.writeInt(oldAt + 8, old.state(stackPointer) | (old.flags() & SS_AUTODISARM));
            memory.writeInt(oldAt + 12, 0);
            memory.writeLong(oldAt + 16, old.sizeBytes());
        }
        return 0;
    }

    /// What a frame brings back, if it is acceptable. Linux: restore_altstack()
    private static void setAltStack(Task task, AltStack stack) {
        int mode = stack.flags() & ~SS_AUTODISARM;
        boolean isUsable =
                mode == SS_DISABLE
                        || ((mode == SS_ONSTACK || mode == 0)
                                && Long.compareUnsigned(stack.sizeBytes(), MINSIGSTKSZ) >= 0);
        if (isUsable && !task.altStack().contains(task.cpu().get(Register.RSP))) {
            task.setAltStack(mode == SS_DISABLE ? new AltStack(0, 0, stack.flags()) : stack);
        }
    }

    private static SigInfo fromCaller(Task task, int signo, int code) {
        return SigInfo.fromTask(signo, code, task.tgid(), task.credentials().uid());
    }

    private static boolean isValid(int signo) {
        return signo >= 0 && signo <= NSIG;
    }

    /// Linux: kill_something_info()
    private long kill(Task task, int pid, int signo) throws ErrnoException {
        SigInfo info = fromCaller(task, signo, SI_USER);
        if (pid > 0) {
            sendToProcess(task, pid, signo, info);
            return 0;
        }
        if (pid == Integer.MIN_VALUE) {
            throw Errno.ESRCH.exception();
        }
        if (pid == -1) {
            return killAll(task, signo, info);
        }
        ProcessGroup job =
                pid == 0 ? task.group().processGroup() : kernel.tasks().findProcessGroup(-pid);
        if (job == null) {
            throw Errno.ESRCH.exception();
        }
        ErrnoException failure = Errno.ESRCH.exception();
        boolean anySent = false;
        for (TaskGroup member : job.members().toArray(TaskGroup[]::new)) {
            try {
                sendToGroup(task, member, signo, info);
                anySent = true;
            } catch (ErrnoException refused) {
                failure = refused;
            }
        }
        if (!anySent) {
            throw failure;
        }
        return 0;
    }

    private long killAll(Task task, int signo, SigInfo info) throws ErrnoException {
        ErrnoException failure = null;
        int count = 0;
        for (TaskGroup group : kernel.tasks().groups().toArray(TaskGroup[]::new)) {
            if (group.isInit() || group == task.group()) {
                continue;
            }
            count++;
            try {
                sendToGroup(task, group, signo, info);
                failure = null;
            } catch (ErrnoException refused) {
                failure = refused.errno() == Errno.EPERM ? failure : refused;
            }
        }
        if (count == 0) {
            throw Errno.ESRCH.exception();
        }
        if (failure != null) {
            throw failure;
        }
        return 0;
    }

    private void sendToProcess(Task task, int pid, int signo, SigInfo info) throws ErrnoException {
        Task target = kernel.tasks().find(pid);
        TaskGroup group = target != null ? target.group() : kernel.tasks().findGroup(pid);
        if (group == null) {
            throw Errno.ESRCH.exception();
        }
        sendToGroup(task, group, signo, info);
    }

    private void sendToGroup(Task task, TaskGroup group, int signo, SigInfo info)
            throws ErrnoException {
        if (!isValid(signo)) {
            throw Errno.EINVAL.exception();
        }
        if (group.isInit()) {
            // init ignores all signals, but only root may try.
            if (!task.credentials().isCapable(Credentials.CAP_KILL)) {
                throw Errno.EPERM.exception();
            }
            return;
        }
        kernel.signals().checkPermission(task, group.leader(), signo);
        if (signo != 0) {
            kernel.signals().sendToGroupChecked(group, info);
        }
    }

    private long tkill(Task task, int tid, int signo) throws ErrnoException {
        if (tid <= 0) {
            throw Errno.EINVAL.exception();
        }
        return sendToThread(task, 0, tid, signo, fromCaller(task, signo, SI_TKILL));
    }

    private long tgkill(Task task, int tgid, int tid, int signo) throws ErrnoException {
        if (tid <= 0 || tgid <= 0) {
            throw Errno.EINVAL.exception();
        }
        return sendToThread(task, tgid, tid, signo, fromCaller(task, signo, SI_TKILL));
    }

    /// Linux: do_send_specific()
    private long sendToThread(Task task, int tgid, int tid, int signo, SigInfo info)
            throws ErrnoException {
        Task target = kernel.tasks().find(tid);
        if (target == null || (tgid > 0 && target.tgid() != tgid)) {
            throw Errno.ESRCH.exception();
        }
        if (!isValid(signo)) {
            throw Errno.EINVAL.exception();
        }
        kernel.signals().checkPermission(task, target, signo);
        if (signo != 0) {
            kernel.signals().sendToTaskChecked(target, info);
        }
        return 0;
    }

    private SigInfo readInfo(Task task, long infoAt, int signo) throws ErrnoException {
        task.memory().read(infoAt, siginfo, 0, KERNEL_SIGINFO_BYTES);
        return SigInfo.read(MemorySegment.ofArray(siginfo), signo);
    }

    /// Nobody may look like the kernel or tkill to somebody else.
    private static void checkForged(Task task, int pid, SigInfo info) throws ErrnoException {
        if ((info.code() >= 0 || info.code() == SI_TKILL)
                && pid != task.tgid()
                && pid != task.tid()) {
            throw Errno.EPERM.exception();
        }
    }

    private long rtSigqueueinfo(Task task, int pid, int signo, long infoAt) throws ErrnoException {
        SigInfo info = readInfo(task, infoAt, signo);
        checkForged(task, pid, info);
        sendToProcess(task, pid, signo, info);
        return 0;
    }

    private long rtTgsigqueueinfo(Task task, int tgid, int tid, int signo, long infoAt)
            throws ErrnoException {
        SigInfo info = readInfo(task, infoAt, signo);
        if (tid <= 0 || tgid <= 0) {
            throw Errno.EINVAL.exception();
        }
        checkForged(task, tid, info);
        return sendToThread(task, tgid, tid, signo, info);
    }

    private long pidfdSendSignal(Task task, int pidfd, int signo, long infoAt, int flags)
            throws ErrnoException {
        if (flags != 0) {
            throw Errno.EINVAL.exception();
        }
        TaskGroup group = PidFile.groupOf(task.files().get(pidfd));
        SigInfo info = fromCaller(task, signo, SI_USER);
        if (infoAt != 0) {
            task.memory().read(infoAt, siginfo, 0, KERNEL_SIGINFO_BYTES);
            int given = MemorySegment.ofArray(siginfo).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
            if (given != signo) {
                throw Errno.EINVAL.exception();
            }
            info = SigInfo.read(MemorySegment.ofArray(siginfo), signo);
            checkForged(task, group.tgid(), info);
        }
        if (group.leader().state() == TaskState.DEAD) {
            throw Errno.ESRCH.exception();
        }
        sendToGroup(task, group, signo, info);
        return 0;
    }

    private static long restartSyscall(Task task) throws ErrnoException, BlockedException {
        @Nullable RestartBlock block = task.restartBlock();
        if (block == null) {
            throw Errno.EINTR.exception();
        }
        return block.restart(task);
    }
}
