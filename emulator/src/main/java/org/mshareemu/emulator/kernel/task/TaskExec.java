package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.elf.ExecRefusedException;
import org.mshareemu.emulator.kernel.elf.ProgramArguments;
import org.mshareemu.emulator.kernel.elf.ProgramFile;
import org.mshareemu.emulator.kernel.elf.ProgramLoader;
import org.mshareemu.emulator.kernel.elf.StartState;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.mm.MmSetup;
import org.mshareemu.emulator.kernel.signal.AltStack;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Path;

/// Giving a task another program. Up to the point of no return everything can fail and nothing has
/// changed; behind it a failure kills the task.
///
/// Linux: bprm_execve(), begin_new_exec()
public final class TaskExec {
    private static final int AT_RANDOM_BYTES = 16;
    private static final int ADDR_COMPAT_LAYOUT = 0x0200000;

    private final Kernel kernel;

    TaskExec(Kernel kernel) {
        this.kernel = kernel;
    }

    /// What is ready while the other threads of the process are ending.
    private record Prepared(ProgramFile program, Mm mm) {}

    /// Runs another program in the task. A system-call handler: may be run several times.
    ///
    /// @param start where a relative name begins; null = the current directory
    /// @throws ExecRefusedException as execve(2)
    /// @throws BlockedException until the process's other threads have ended
    public void exec(
            Task task,
            @Nullable Path start,
            String name,
            int lookupFlags,
            ProgramArguments arguments)
            throws ExecRefusedException, BlockedException {
        Prepared prepared =
                task.progress() instanceof Prepared earlier
                        ? earlier
                        : prepare(task, start, name, lookupFlags, arguments);
        endOtherThreads(task, prepared);
        try (ProgramFile program = prepared.program()) {
            replace(task, program, prepared.mm());
        }
    }

    private Prepared prepare(
            Task task,
            @Nullable Path start,
            String name,
            int lookupFlags,
            ProgramArguments arguments)
            throws ExecRefusedException {
        ProgramFile program =
                ProgramFile.open(kernel.vfs(), task.caller(), start, name, lookupFlags, arguments);
        try {
            program.arguments().check(task.limits());
            return new Prepared(program, Mm.create(kernel.mmContext(), layout(task)));
        } catch (ErrnoException failure) {
            program.close();
            String reason =
                    failure.errno() == Errno.E2BIG
                            ? "its arguments and environment are too long"
                            : "there is no memory for it";
            throw new ExecRefusedException(failure.errno(), reason);
        }
    }

    private static MmSetup layout(Task task) {
        ResourceLimits limits = task.limits();
        MmSetup usual = MmSetup.process("process " + task.tgid());
        boolean isLegacy =
                limits.soft(ResourceLimits.RLIMIT_STACK) == ResourceLimits.RLIM_INFINITY
                        || (task.options().personality & ADDR_COMPAT_LAYOUT) != 0;
        return new MmSetup(
                usual.name(),
                ProgramLoader.mmapBase(limits),
                usual.legacyBase(),
                isLegacy ? MmSetup.Layout.LEGACY : MmSetup.Layout.TOP_DOWN,
                usual.taskSize(),
                usual.flushReach());
    }

    /// Only the calling thread survives, and takes the number of its process. Linux: de_thread()
    private void endOtherThreads(Task task, Prepared prepared)
            throws ExecRefusedException, BlockedException {
        TaskGroup group = task.group();
        if (group.exiting || (group.execTask != null && group.execTask != task)) {
            abandon(task, prepared);
        }
        if (group.liveTasks() > 1) {
            if (task.hasFatalSignal()) {
                group.execTask = null;
                abandon(task, prepared);
            }
            if (group.execTask == null) {
                group.execTask = task;
                kernel.signals().killThreads(group, task);
            }
            task.setProgress(prepared);
            throw task.waitForThreads();
        }
        group.execTask = null;
        if (!task.isLeader()) {
            becomeLeader(task);
        }
    }

    private static void abandon(Task task, Prepared prepared) throws ExecRefusedException {
        task.setProgress(null);
        prepared.program().close();
        prepared.mm().release();
        throw new ExecRefusedException(Errno.EAGAIN, "its process is ending");
    }

    private void becomeLeader(Task task) {
        TaskGroup group = task.group();
        Task old = group.leader();
        kernel.tasks().remove(task);
        kernel.tasks().remove(old);
        task.exitSignal = Signals.SIGCHLD;
        task.parentThread = old.parentThread;
        group.endedThreads().add(old.counters());
        old.setState(TaskState.DEAD);
        old.cpu().close();
        group.removeTask(old);
        task.setTid(group.tgid());
        group.setLeader(task);
        kernel.tasks().add(task);
    }

    /// From here on there is no way back. Linux: begin_new_exec() and the rest of load_elf_binary()
    private void replace(Task task, ProgramFile program, Mm mm) throws ExecRefusedException {
        OpenFile file = program.executed().file();
        Credentials before = task.credentials();
        Credentials after = credentialsAfter(task, file);
        unshareFiles(task);
        leaveOldMemory(task);
        task.setMm(mm);
        mm.actFor(after, task.limits());
        resetForNewProgram(task, baseName(program.arguments().execName()));
        task.files().closeOnExec(task.caller());
        if (after.euid() != before.euid() || after.egid() != before.egid()) {
            task.parentDeathSignal = 0;
        }
        task.setCredentials(after);
        byte[] random = new byte[AT_RANDOM_BYTES];
        kernel.random().nextBytes(random);
        try {
            ProgramLoader.Trust trust =
                    after.euid() != after.uid() || after.egid() != after.gid()
                            ? ProgramLoader.Trust.SECURE
                            : ProgramLoader.Trust.ORDINARY;
            StartState start =
                    new ProgramLoader(mm, after, task.limits())
                            .load(
                                    program.image(),
                                    program.interpreter(),
                                    program.arguments(),
                                    trust,
                                    random);
            mm.setProgram(start.layout(), program.executed());
            startAt(task.cpu(), start);
        } catch (ErrnoException failure) {
            kernel.signals().forceFatal(task, Signals.SIGSEGV);
            throw new ExecRefusedException(
                    failure.errno(), "its segments cannot be mapped (" + failure.errno() + ")");
        }
        kernel.listener().taskExeced(task, program.executed().displayPath());
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Linux: unshare_files()
    private static void unshareFiles(Task task) {
        FileTable files = task.files();
        if (files.users() > 1) {
            task.setFiles(files.copy());
            files.release(task.caller());
        }
    }

    /// Linux: exec_mmap()
    private void leaveOldMemory(Task task) {
        Mm old = task.mmOrNull();
        if (old != null) {
            kernel.exits().releaseUserState(task, old);
            task.setMm(null);
            old.release();
        }
    }

    private static void resetForNewProgram(Task task, String name) {
        TaskGroup group = task.group();
        if (task.handlers().isShared()) {
            task.handlers().release();
            task.setHandlers(task.handlers().copy());
        }
        task.handlers().resetCaught();
        task.setAltStack(AltStack.NONE);
        group.posixTimers().deleteAll();
        group.execed = true;
        group.dumpable = true;
        task.robustListHead = 0;
        task.restartBlock = null;
        task.options().rseqArea = 0;
        task.options().keepCapabilities = false;
        task.setComm(name);
    }

    private static void startAt(CpuState cpu, StartState start) {
        cpu.reset();
        cpu.set(Register.RIP, start.rip());
        cpu.set(Register.RSP, start.rsp());
    }

    /// Set-user-ID and set-group-ID files change who the task is. Linux: bprm_fill_uid(),
    /// cap_bprm_creds_from_file()
    private static Credentials credentialsAfter(Task task, OpenFile file) {
        Credentials now = task.credentials();
        int mode = file.inode().mode();
        boolean honoured =
                !file.path().mount().has(MountFlags.MS_NOSUID) && !task.options().noNewPrivileges;
        int euid = now.euid();
        int egid = now.egid();
        if (honoured && (mode & Stat.S_ISUID) != 0) {
            euid = file.inode().uid();
        }
        int setGid = Stat.S_ISGID | 0x8;
        if (honoured && (mode & setGid) == setGid) {
            egid = file.inode().gid();
        }
        boolean isRoot = euid == 0 || now.uid() == 0;
        long permitted = isRoot ? Credentials.ALL_CAPABILITIES : 0;
        long effective = euid == 0 ? permitted : 0;
        return new Credentials(
                now.uid(),
                now.gid(),
                euid,
                egid,
                euid,
                egid,
                euid,
                egid,
                now.groups(),
                effective,
                permitted);
    }
}
