package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Sched.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Futex;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.abi.Wait;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.elf.ExecRefusedException;
import org.mshareemu.emulator.kernel.elf.ProgramArguments;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.PidFile;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskClone;
import org.mshareemu.emulator.kernel.task.TaskGroup;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.PathLookup;

import java.util.ArrayList;
import java.util.List;

/// Making, replacing, ending and waiting for processes and threads.
public final class ProcessCalls {
    private static final int ARCH_SET_GS = 0x1001;
    private static final int ARCH_SET_FS = 0x1002;
    private static final int ARCH_GET_FS = 0x1003;
    private static final int ARCH_GET_GS = 0x1004;
    private static final int ARCH_GET_CPUID = 0x1011;

    private static final int CLONE_ARGS_SIZE_VER0 = 64;
    private static final int PAGE_BYTES = 4096;
    private static final int PATH_MAX = 4096;
    private static final int PIDFD_NONBLOCK = Fcntl.O_NONBLOCK;
    private static final int PIDFD_THREAD = Fcntl.O_EXCL;

    private final Kernel kernel;

    public ProcessCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_fork, (task, _) -> fork(task));
        table.row(NR_vfork, (task, _) -> vfork(task));
        String noNamespaces = "no namespaces, no cgroup placement";
        table.partly(
                NR_clone,
                noNamespaces,
                (task, a) -> clone(task, a.a0(), a.a1(), a.a2(), a.a3(), a.a4()));
        table.partly(NR_clone3, noNamespaces, (task, a) -> clone3(task, a.a0(), a.a1()));
        table.partly(NR_unshare, noNamespaces, (task, a) -> unshare(task, a.a0()));
        table.row(NR_execve, (task, a) -> execve(task, a.a0(), a.a1(), a.a2()));
        table.row(NR_execveat, (task, a) -> execveat(task, a.i0(), a.a1(), a.a2(), a.a3(), a.i4()));
        table.row(NR_exit, (task, a) -> exit(task, a.i0()));
        table.row(NR_exit_group, (task, a) -> exitGroup(task, a.i0()));
        table.row(NR_wait4, (task, a) -> wait4(task, a.i0(), a.a1(), a.i2(), a.a3()));
        table.row(NR_waitid, (task, a) -> waitid(task, a.i0(), a.i1(), a.a2(), a.i3(), a.a4()));
        table.row(NR_set_tid_address, (task, a) -> setTidAddress(task, a.a0()));
        table.row(NR_getpid, (task, _) -> task.tgid());
        table.row(NR_gettid, (task, _) -> task.tid());
        table.row(NR_getppid, (task, _) -> task.group().parentId());
        table.row(NR_setpgid, (task, a) -> setpgid(task, a.i0(), a.i1()));
        table.row(NR_getpgid, (task, a) -> find(task, a.i0()).processGroup().id());
        table.row(NR_getpgrp, (task, _) -> task.group().processGroup().id());
        table.row(NR_setsid, (task, _) -> kernel.jobs().newSession(task));
        table.row(NR_getsid, (task, a) -> find(task, a.i0()).session().id());
        table.row(NR_set_robust_list, (task, a) -> setRobustList(task, a.a0(), a.a1()));
        table.row(NR_get_robust_list, (task, a) -> getRobustList(task, a.i0(), a.a1(), a.a2()));
        table.partly(
                NR_arch_prctl, "segment bases only", (task, a) -> archPrctl(task, a.i0(), a.a1()));
        table.row(NR_pidfd_open, (task, a) -> pidfdOpen(task, a.i0(), a.i1()));
        table.row(NR_pidfd_getfd, (task, a) -> pidfdGetfd(task, a.i0(), a.i1(), a.i2()));
    }

    private long fork(Task task) throws ErrnoException, BlockedException {
        return clone(task, new TaskClone.Request(0, Signals.SIGCHLD, 0, 0, 0, 0), 0);
    }

    private long vfork(Task task) throws ErrnoException, BlockedException {
        long flags = CLONE_VFORK | CLONE_VM;
        return clone(task, new TaskClone.Request(flags, Signals.SIGCHLD, 0, 0, 0, 0), 0);
    }

    private long clone(Task task, long flags, long stack, long parentTid, long childTid, long tls)
            throws ErrnoException, BlockedException {
        // Linux cuts the flags to 32 bits here, so the newer ones need clone3.
        long low = flags & 0xffff_ffffL & ~CSIGNAL;
        if ((low & CLONE_PIDFD) != 0
                && (low & (CLONE_PARENT_SETTID | CLONE_DETACHED | CLONE_THREAD)) != 0) {
            throw Errno.EINVAL.exception();
        }
        TaskClone.Request request =
                new TaskClone.Request(
                        low, (int) (flags & CSIGNAL), stack, tls, parentTid, childTid);
        return clone(task, request, parentTid);
    }

    /// struct clone_args: flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls,
    /// set_tid, set_tid_size, cgroup.
    private long clone3(Task task, long args, long size) throws ErrnoException, BlockedException {
        if (Long.compareUnsigned(size, PAGE_BYTES) > 0) {
            throw Errno.E2BIG.exception();
        }
        if (size < CLONE_ARGS_SIZE_VER0) {
            throw Errno.EINVAL.exception();
        }
        UserMemory memory = task.memory();
        long[] words = new long[11];
        for (int i = 0; i < words.length && (i + 1L) * Long.BYTES <= size; i++) {
            words[i] = memory.readLong(args + (long) i * Long.BYTES);
        }
        for (long at = (long) words.length * Long.BYTES; at < size; at++) {
            if (memory.readByte(args + at) != 0) {
                throw Errno.E2BIG.exception();
            }
        }
        long flags = words[0];
        long exitSignal = words[4];
        long stack = words[5];
        long stackBytes = words[6];
        boolean invalid =
                (flags & (CLONE_DETACHED | (CSIGNAL & ~CLONE_NEWTIME))) != 0
                        || (flags >>> 34) != 0
                        || (exitSignal & ~CSIGNAL) != 0
                        || exitSignal > Signals.NSIG
                        || ((flags & (CLONE_THREAD | CLONE_PARENT)) != 0 && exitSignal != 0)
                        || (stack == 0) != (stackBytes == 0)
                        || (words[8] == 0) != (words[9] == 0);
        if (invalid) {
            throw Errno.EINVAL.exception();
        }
        if (words[8] != 0 || (flags & CLONE_INTO_CGROUP) != 0) {
            throw Errno.EOPNOTSUPP.exception();
        }
        TaskClone.Request request =
                new TaskClone.Request(
                        flags, (int) exitSignal, stack + stackBytes, words[7], words[3], words[2]);
        return clone(task, request, words[1]);
    }

    private long clone(Task task, TaskClone.Request request, long pidfdAt)
            throws ErrnoException, BlockedException {
        TaskClone.BeforeStart before =
                (request.flags() & CLONE_PIDFD) != 0
                        ? child -> storePidFile(task, child, pidfdAt)
                        : _ -> {};
        return kernel.clones().run(task, request, before);
    }

    private void storePidFile(Task task, Task child, long pidfdAt) throws ErrnoException {
        OpenFile file = PidFile.open(kernel.vfs(), child.group(), Fcntl.O_RDWR, task.caller());
        long limit = task.limits().soft(ResourceLimits.RLIMIT_NOFILE);
        int fd = task.files().add(file, FileTable.OnExec.CLOSE, limit);
        task.memory().writeInt(pidfdAt, fd);
    }

    private long unshare(Task task, long flags) throws ErrnoException {
        long known =
                CLONE_THREAD
                        | CLONE_FS
                        | CLONE_SIGHAND
                        | CLONE_VM
                        | CLONE_FILES
                        | CLONE_SYSVSEM
                        | CLONE_NEWNS
                        | CLONE_NEWUTS
                        | CLONE_NEWIPC
                        | CLONE_NEWNET
                        | CLONE_NEWUSER
                        | CLONE_NEWPID
                        | CLONE_NEWCGROUP
                        | CLONE_NEWTIME;
        if ((flags & ~known) != 0) {
            throw Errno.EINVAL.exception();
        }
        boolean needsToBeAlone = (flags & (CLONE_THREAD | CLONE_SIGHAND | CLONE_VM)) != 0;
        if (needsToBeAlone && task.group().liveTasks() > 1) {
            throw Errno.EINVAL.exception();
        }
        long supported =
                CLONE_THREAD | CLONE_FS | CLONE_SIGHAND | CLONE_VM | CLONE_FILES | CLONE_SYSVSEM;
        if ((flags & ~supported) != 0) {
            throw Errno.EPERM.exception();
        }
        if ((flags & CLONE_FS) != 0 && task.fs().users() > 1) {
            FsContext shared = task.fs();
            task.setFs(shared.copy());
            shared.release();
        }
        if ((flags & CLONE_FILES) != 0 && task.files().users() > 1) {
            FileTable shared = task.files();
            task.setFiles(shared.copy());
            shared.release(task.caller());
        }
        return 0;
    }

    private long execve(Task task, long path, long argv, long envp)
            throws ErrnoException, BlockedException {
        return execveat(task, Fcntl.AT_FDCWD, path, argv, envp, 0);
    }

    private long execveat(Task task, int directoryFd, long pathAt, long argv, long envp, int flags)
            throws ErrnoException, BlockedException {
        if ((flags & ~(Fcntl.AT_EMPTY_PATH | Fcntl.AT_SYMLINK_NOFOLLOW)) != 0) {
            throw Errno.EINVAL.exception();
        }
        String path = readPath(task, pathAt);
        if (path.isEmpty() && (flags & Fcntl.AT_EMPTY_PATH) == 0) {
            throw Errno.ENOENT.exception();
        }
        Path start = null;
        String execName = path;
        if (directoryFd != Fcntl.AT_FDCWD && !path.startsWith("/")) {
            start = task.files().getRaw(directoryFd).path();
            execName = "/dev/fd/" + directoryFd + (path.isEmpty() ? "" : "/" + path);
        }
        int lookup = (flags & Fcntl.AT_SYMLINK_NOFOLLOW) != 0 ? 0 : PathLookup.FOLLOW;
        lookup |= (flags & Fcntl.AT_EMPTY_PATH) != 0 ? PathLookup.EMPTY : 0;
        List<String> arguments = readStrings(task, argv);
        if (arguments.isEmpty()) {
            arguments.add("");
        }
        ProgramArguments program =
                new ProgramArguments(execName, arguments, readStrings(task, envp));
        try {
            kernel.execs().exec(task, start, path, lookup, program);
        } catch (ExecRefusedException refused) {
            if (refused.errno() == Errno.ENOEXEC && refused.reason().contains("x86-64-v3")) {
                kernel.log(path + ": " + refused.reason());
            }
            throw refused.errno().exception();
        }
        return 0;
    }

    private static String readPath(Task task, long vaddr) throws ErrnoException {
        String path = task.memory().readString(vaddr, PATH_MAX);
        if (path == null) {
            throw Errno.ENAMETOOLONG.exception();
        }
        return path;
    }

    private static List<String> readStrings(Task task, long array) throws ErrnoException {
        List<String> strings = new ArrayList<>();
        UserMemory memory = task.memory();
        long total = 0;
        for (long at = array; at != 0; at += Long.BYTES) {
            long pointer = memory.readLong(at);
            if (pointer == 0) {
                break;
            }
            String text = memory.readString(pointer, ProgramArguments.MAX_STRING_BYTES);
            if (text == null) {
                throw Errno.E2BIG.exception();
            }
            strings.add(text);
            total += text.length() + 1L + Long.BYTES;
            if (total > ProgramArguments.MAX_TOTAL_BYTES) {
                throw Errno.E2BIG.exception();
            }
        }
        return strings;
    }

    private long exit(Task task, int code) {
        kernel.exits().exit(task, Wait.exited(code));
        return 0;
    }

    private long exitGroup(Task task, int code) {
        kernel.exits().exitGroup(task, Wait.exited(code));
        return 0;
    }

    private long wait4(Task task, int pid, long statusAt, int options, long usageAt)
            throws ErrnoException, BlockedException {
        return new WaitCalls(kernel).wait4(task, pid, statusAt, options, usageAt);
    }

    private long waitid(Task task, int type, int id, long infoAt, int options, long usageAt)
            throws ErrnoException, BlockedException {
        return new WaitCalls(kernel).waitid(task, type, id, infoAt, options, usageAt);
    }

    private static long setTidAddress(Task task, long vaddr) {
        task.setClearChildTid(vaddr);
        return task.tid();
    }

    private long setpgid(Task task, int pid, int pgid) throws ErrnoException {
        kernel.jobs().setProcessGroup(task, pid, pgid);
        return 0;
    }

    private TaskGroup find(Task task, int pid) throws ErrnoException {
        if (pid == 0) {
            return task.group();
        }
        Task found = kernel.tasks().find(pid);
        if (found != null) {
            return found.group();
        }
        TaskGroup group = kernel.tasks().findGroup(pid);
        if (group == null) {
            throw Errno.ESRCH.exception();
        }
        return group;
    }

    private static long setRobustList(Task task, long head, long size) throws ErrnoException {
        if (size != Futex.ROBUST_LIST_HEAD_BYTES) {
            throw Errno.EINVAL.exception();
        }
        task.setRobustListHead(head);
        return 0;
    }

    private long getRobustList(Task task, int tid, long headAt, long sizeAt) throws ErrnoException {
        Task target = tid == 0 ? task : kernel.tasks().find(tid);
        if (target == null) {
            throw Errno.ESRCH.exception();
        }
        task.memory().writeLong(sizeAt, Futex.ROBUST_LIST_HEAD_BYTES);
        task.memory().writeLong(headAt, target.robustListHead());
        return 0;
    }

    private static long archPrctl(Task task, int option, long argument) throws ErrnoException {
        switch (option) {
            case ARCH_SET_FS, ARCH_SET_GS -> {
                if (Long.compareUnsigned(argument, task.mm().taskSize()) >= 0) {
                    throw Errno.EPERM.exception();
                }
                Register base = option == ARCH_SET_FS ? Register.FS_BASE : Register.GS_BASE;
                task.cpu().set(base, argument);
            }
            case ARCH_GET_FS -> task.memory().writeLong(argument, task.cpu().get(Register.FS_BASE));
            case ARCH_GET_GS -> task.memory().writeLong(argument, task.cpu().get(Register.GS_BASE));
            case ARCH_GET_CPUID -> {
                return 1;
            }
            default -> throw Errno.EINVAL.exception();
        }
        return 0;
    }

    private long pidfdOpen(Task task, int pid, int flags) throws ErrnoException {
        if ((flags & ~(PIDFD_NONBLOCK | PIDFD_THREAD)) != 0 || pid <= 0) {
            throw Errno.EINVAL.exception();
        }
        Task target = kernel.tasks().find(pid);
        if (target == null) {
            throw Errno.ESRCH.exception();
        }
        if (!target.isLeader()) {
            throw Errno.ENOENT.exception();
        }
        OpenFile file =
                PidFile.open(
                        kernel.vfs(),
                        target.group(),
                        Fcntl.O_RDWR | (flags & PIDFD_NONBLOCK),
                        task.caller());
        long limit = task.limits().soft(ResourceLimits.RLIMIT_NOFILE);
        return task.files().add(file, FileTable.OnExec.CLOSE, limit);
    }

    private long pidfdGetfd(Task task, int pidfd, int targetFd, int flags) throws ErrnoException {
        if (flags != 0) {
            throw Errno.EINVAL.exception();
        }
        TaskGroup group = PidFile.groupOf(task.files().get(pidfd));
        @Nullable FileTable files = group.hasEnded() ? null : group.leader().filesOrNull();
        if (files == null) {
            throw Errno.ESRCH.exception();
        }
        kernel.signals().checkPermission(task, group.leader(), 0);
        OpenFile file = files.getRaw(targetFd);
        file.acquire();
        long limit = task.limits().soft(ResourceLimits.RLIMIT_NOFILE);
        return task.files().add(file, FileTable.OnExec.CLOSE, limit);
    }
}
