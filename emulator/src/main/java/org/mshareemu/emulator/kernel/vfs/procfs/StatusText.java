package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory.MemoryLayout;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory.MemorySizes;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.Extent;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.SignalSets;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.TaskIds;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.TaskTimes;

import java.util.stream.Collectors;

/// /proc/PID/status. Linux: proc_pid_status()
final class StatusText {
    private static final int NODE_WORDS = 32;
    private static final int WORD_BITS = 32;
    private static final int KIB_PER_PAGE = 4;

    private final StringBuilder out = new StringBuilder(1600);

    private StatusText() {}

    static String of(PidNode node, ProcessTask task) {
        StatusText text = new StatusText();
        text.identity(task);
        ProcessMemory memory = task.memory();
        if (memory != null) {
            text.memory(memory);
        }
        text.signals(task);
        text.capabilities(task);
        text.places(task, node.superBlock().views().system().cpuCount());
        return text.out.toString();
    }

    private void line(String name, Object value) {
        out.append(name).append(":\t").append(value).append('\n');
    }

    private void identity(ProcessTask task) {
        TaskIds ids = task.ids();
        line("Name", escapeName(task.comm()));
        FsContext fs = task.fs();
        if (fs != null) {
            line("Umask", "%04o".formatted(fs.umask()));
        }
        line("State", state(task.stateLetter()));
        line("Tgid", ids.tgid());
        line("Ngid", 0);
        line("Pid", ids.tid());
        line("PPid", ids.parent());
        line("TracerPid", 0);
        Credentials who = task.credentials();
        line("Uid", four(who.uid(), who.euid(), who.suid(), who.fsuid()));
        line("Gid", four(who.gid(), who.egid(), who.sgid(), who.fsgid()));
        FileTable files = task.files();
        line("FDSize", files == null ? 0 : files.capacity());
        String groups =
                who.groups().stream()
                        .map(Integer::toUnsignedString)
                        .collect(Collectors.joining(" "));
        line("Groups", groups + " ");
        line("NStgid", ids.tgid());
        line("NSpid", ids.tid());
        line("NSpgid", ids.processGroup());
        line("NSsid", ids.session());
        line("Kthread", 0);
    }

    private static String four(int real, int effective, int saved, int files) {
        return Integer.toUnsignedString(real)
                + "\t"
                + Integer.toUnsignedString(effective)
                + "\t"
                + Integer.toUnsignedString(saved)
                + "\t"
                + Integer.toUnsignedString(files);
    }

    /// Linux: proc_task_name(), ESCAPE_SPACE | ESCAPE_SPECIAL of "\n\\"
    private static String escapeName(String comm) {
        return comm.replace("\\", "\\\\").replace("\n", "\\n");
    }

    /// Linux: task_state_array
    static String state(char letter) {
        return switch (letter) {
            case 'R' -> "R (running)";
            case 'S' -> "S (sleeping)";
            case 'D' -> "D (disk sleep)";
            case 'T' -> "T (stopped)";
            case 't' -> "t (tracing stop)";
            case 'X' -> "X (dead)";
            case 'Z' -> "Z (zombie)";
            case 'P' -> "P (parked)";
            default -> "I (idle)";
        };
    }

    /// Linux: task_mem()
    private void memory(ProcessMemory memory) {
        MemorySizes sizes = memory.sizes();
        MemoryLayout layout = memory.layout();
        long text = Math.min(StatText.textPages(layout), sizes.exec());
        pages("VmPeak", sizes.highestTotal());
        pages("VmSize", sizes.total());
        pages("VmLck", sizes.locked());
        pages("VmPin", 0);
        pages("VmHWM", sizes.highestResident());
        pages("VmRSS", sizes.resident());
        pages("RssAnon", sizes.residentAnon());
        pages("RssFile", sizes.residentFile());
        pages("RssShmem", sizes.residentShmem());
        pages("VmData", sizes.data());
        pages("VmStk", sizes.stack());
        pages("VmExe", text);
        pages("VmLib", sizes.exec() - text);
        pages("VmPTE", sizes.tables());
        pages("VmSwap", 0);
        pages("HugetlbPages", 0);
        line("CoreDumping", 0);
        line("THP_enabled", 0);
        line("untag_mask", "0xffffffffffffffff");
    }

    private void pages(String name, long pages) {
        String kib = Long.toString(pages * KIB_PER_PAGE);
        out.append(name).append(":\t").repeat(' ', Math.max(0, 8 - kib.length()));
        out.append(kib).append(" kB\n");
    }

    private void signals(ProcessTask task) {
        SignalSets sets = task.signals();
        long limit = task.limits().soft(ResourceLimits.RLIMIT_SIGPENDING);
        line("Threads", task.ids().threadCount());
        line("SigQ", sets.queued() + "/" + Long.toUnsignedString(limit));
        mask("SigPnd", sets.pending());
        mask("ShdPnd", sets.sharedPending());
        mask("SigBlk", sets.blocked());
        mask("SigIgn", sets.ignored());
        mask("SigCgt", sets.caught());
    }

    private void mask(String name, long bits) {
        line(name, "%016x".formatted(bits));
    }

    /// The sets that exec hands on are empty, and nothing bounds the rest.
    private void capabilities(ProcessTask task) {
        Credentials who = task.credentials();
        mask("CapInh", 0);
        mask("CapPrm", who.permittedCapabilities());
        mask("CapEff", who.effectiveCapabilities());
        mask("CapBnd", Credentials.ALL_CAPABILITIES);
        mask("CapAmb", 0);
        line("NoNewPrivs", task.hasNoNewPrivileges() ? 1 : 0);
        line("Seccomp", 0);
        line("Seccomp_filters", 0);
        line("Speculation_Store_Bypass", "not vulnerable");
        line("SpeculationIndirectBranch", "not affected");
    }

    private void places(ProcessTask task, int cpuCount) {
        long cpus = task.schedule().allowedCpus();
        TaskTimes times = task.times(Extent.THREAD);
        line("Cpus_allowed", bitmap(cpus, cpuCount));
        line("Cpus_allowed_list", list(cpus));
        line("Mems_allowed", "00000000,".repeat(NODE_WORDS - 1) + "00000001");
        line("Mems_allowed_list", 0);
        line("voluntary_ctxt_switches", times.voluntarySwitches());
        line("nonvoluntary_ctxt_switches", times.involuntarySwitches());
    }

    /// Hexadecimal, in groups of 32 bits. Linux: "%*pb"
    static String bitmap(long bits, int width) {
        int digits = (width + 3) / 4;
        String all = "%016x".formatted(bits);
        String low = all.substring(16 - Math.min(digits, 16));
        return width <= WORD_BITS
                ? low
                : low.substring(0, low.length() - 8) + "," + low.substring(low.length() - 8);
    }

    /// Ranges of the bits set. Linux: "%*pbl"
    static String list(long bits) {
        StringBuilder ranges = new StringBuilder();
        int bit = 0;
        while (bit < Long.SIZE) {
            if ((bits >>> bit & 1) == 0) {
                bit++;
                continue;
            }
            int first = bit;
            while (bit < Long.SIZE && (bits >>> bit & 1) != 0) {
                bit++;
            }
            ranges.append(ranges.isEmpty() ? "" : ",").append(first);
            if (bit - 1 > first) {
                ranges.append('-').append(bit - 1);
            }
        }
        return ranges.toString();
    }
}
