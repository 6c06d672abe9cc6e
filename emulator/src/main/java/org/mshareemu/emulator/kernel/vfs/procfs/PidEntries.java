package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.procfs.PidContent.Guard;
import org.mshareemu.emulator.kernel.vfs.procfs.PidContent.Lines;
import org.mshareemu.emulator.kernel.vfs.procfs.PidContent.Writable;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.Extent;

import java.util.ArrayList;
import java.util.List;

/// The names below /proc/PID and /proc/PID/task/TID, in Linux's order. Linux: tgid_base_stuff,
/// tid_base_stuff
final class PidEntries {
    private static final int ALL_READ = 0x124;
    private static final int OWNER_READ = 0x100;
    private static final int OWNER_WRITES = 0x1a4;
    private static final int OWNER_ONLY = 0x180;
    private static final int EVERYBODY = 0x1b6;
    private static final int DIRECTORY = Stat.S_IFDIR | 0x16d;
    private static final int OWNER_DIRECTORY = Stat.S_IFDIR | 0x140;

    static final List<PidEntry> PROCESS = entries(Extent.PROCESS);
    static final List<PidEntry> THREAD = entries(Extent.THREAD);

    private PidEntries() {}

    private static List<PidEntry> entries(Extent extent) {
        List<PidEntry> all = new ArrayList<>();
        if (extent == Extent.PROCESS) {
            all.add(new PidEntry("task", DIRECTORY, TaskDirectory::new));
        }
        addDescriptors(all);
        addState(all);
        if (extent == Extent.THREAD) {
            all.add(text("children", ALL_READ, (_, task, _) -> TaskTexts.children(task)));
        }
        addMemory(all);
        addPlaces(all);
        addUsage(all);
        addSettings(all, extent);
        return List.copyOf(all);
    }

    private static PidEntry text(String name, int permissions, PidEntry.Text text) {
        return PidEntry.text(name, permissions, Guard.NONE, text);
    }

    private static PidEntry lines(String name, int permissions, Guard guard, PidEntry.Text text) {
        return PidEntry.file(name, permissions, node -> new Lines(node, guard, text));
    }

    private static void addDescriptors(List<PidEntry> all) {
        all.add(
                new PidEntry(
                        "fd",
                        OWNER_DIRECTORY,
                        (node, task, mode, number) ->
                                new FdDirectory(node, task, mode, number, FdDirectory.Kind.LINKS)));
        all.add(
                new PidEntry(
                        "fdinfo",
                        DIRECTORY,
                        (node, task, mode, number) ->
                                new FdDirectory(node, task, mode, number, FdDirectory.Kind.TEXTS)));
    }

    private static void addState(List<PidEntry> all) {
        all.add(PidEntry.file("environ", OWNER_READ, MemoryContent::environment));
        all.add(PidEntry.file("auxv", OWNER_READ, MemoryContent::auxiliaryVector));
        all.add(text("status", ALL_READ, (node, task, _) -> StatusText.of(node, task)));
        all.add(
                PidEntry.text(
                        "personality",
                        OWNER_READ,
                        Guard.ACCESS,
                        (_, task, _) -> "%08x\n".formatted(task.personality())));
        all.add(text("limits", ALL_READ, (_, task, _) -> LimitsText.of(task.limits())));
        all.add(
                PidEntry.file(
                        "comm",
                        OWNER_WRITES,
                        node ->
                                new Writable(
                                        node,
                                        (_, task, _) -> task.comm() + "\n",
                                        TaskTexts::setComm)));
        all.add(PidEntry.file("cmdline", ALL_READ, MemoryContent::commandLine));
        all.add(text("stat", ALL_READ, StatText::of));
        all.add(text("statm", ALL_READ, (_, task, _) -> StatText.sizes(task)));
        all.add(lines("maps", ALL_READ, Guard.ACCESS, MapsText::of));
    }

    private static void addMemory(List<PidEntry> all) {
        all.add(
                new PidEntry(
                        "mem",
                        Stat.S_IFREG | OWNER_ONLY,
                        (node, task, mode, number) ->
                                new PidMemoryFile(
                                        node, task, mode, number, PidMemoryFile.View.BYTES)));
    }

    private static void addPlaces(List<PidEntry> all) {
        all.add(PidEntry.link("cwd", task -> fs(task).directory()));
        all.add(PidEntry.link("root", task -> fs(task).root()));
        all.add(PidEntry.link("exe", PidEntries::program));
        all.add(lines("mounts", ALL_READ, Guard.MOUNTS, MountsText::mounts));
        all.add(lines("mountinfo", ALL_READ, Guard.MOUNTS, MountsText::mountinfo));
    }

    private static FsContext fs(ProcessTask task) throws ErrnoException {
        FsContext fs = task.fs();
        if (fs == null) {
            throw Errno.ENOENT.exception();
        }
        return fs;
    }

    /// Linux: proc_exe_link()
    private static Path program(ProcessTask task) throws ErrnoException {
        ProcessMemory memory = task.memory();
        if (memory != null && memory.exeFile() instanceof OpenFile file) {
            return file.path();
        }
        throw Errno.ENOENT.exception();
    }

    private static void addUsage(List<PidEntry> all) {
        all.add(lines("smaps", ALL_READ, Guard.ACCESS, SmapsText::of));
        all.add(
                PidEntry.text(
                        "smaps_rollup",
                        ALL_READ,
                        Guard.MEMORY,
                        (node, task, caller) -> SmapsText.rollup(task)));
        all.add(
                new PidEntry(
                        "pagemap",
                        Stat.S_IFREG | OWNER_READ,
                        (node, task, mode, number) ->
                                new PidMemoryFile(
                                        node, task, mode, number, PidMemoryFile.View.PAGEMAP)));
        all.add(text("wchan", ALL_READ, (_, task, _) -> task.waitChannel()));
        all.add(text("cgroup", ALL_READ, (_, _, _) -> "0::/\n"));
    }

    private static void addSettings(List<PidEntry> all, Extent extent) {
        all.add(text("oom_score", ALL_READ, (_, task, _) -> TaskTexts.oomScore(task)));
        all.add(
                PidEntry.file(
                        "oom_score_adj",
                        OWNER_WRITES,
                        node ->
                                new Writable(
                                        node,
                                        (_, task, _) -> task.oomScoreAdjustment() + "\n",
                                        TaskTexts::setOomScoreAdjustment)));
        all.add(text("loginuid", OWNER_WRITES, (_, _, _) -> "4294967295"));
        all.add(text("sessionid", ALL_READ, (_, _, _) -> "4294967295"));
        if (extent == Extent.PROCESS) {
            all.add(text("coredump_filter", OWNER_WRITES, (_, _, _) -> "00000033\n"));
        }
        all.add(
                PidEntry.text(
                        "io",
                        OWNER_READ,
                        Guard.ACCESS,
                        (node, task, _) -> TaskTexts.io(task.io(node.extent()))));
        all.add(text("uid_map", OWNER_WRITES, (_, _, _) -> TaskTexts.IDENTITY_MAP));
        all.add(text("gid_map", OWNER_WRITES, (_, _, _) -> TaskTexts.IDENTITY_MAP));
        all.add(text("setgroups", OWNER_WRITES, (_, _, _) -> "allow\n"));
        if (extent == Extent.PROCESS) {
            all.add(
                    PidEntry.file(
                            "timerslack_ns",
                            EVERYBODY,
                            node ->
                                    new Writable(
                                            node,
                                            (_, task, _) -> task.timerSlackNanos() + "\n",
                                            TaskTexts::setTimerSlack)));
        }
    }
}
