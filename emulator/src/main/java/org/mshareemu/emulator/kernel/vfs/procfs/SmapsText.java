package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.memmap.SharedAnonymousFile;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory.AreaUsage;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory.MemoryLayout;

/// /proc/PID/smaps and /proc/PID/smaps_rollup. Linux: show_smap(), show_smaps_rollup()
final class SmapsText {
    private record Mnemonic(long flag, String word) {}

    /// In the order of the flags' bits. Linux: show_smap_vma_flags()
    private static final Mnemonic[] MNEMONICS = {
        new Mnemonic(VmFlags.VM_READ, "rd"),
        new Mnemonic(VmFlags.VM_WRITE, "wr"),
        new Mnemonic(VmFlags.VM_EXEC, "ex"),
        new Mnemonic(VmFlags.VM_SHARED, "sh"),
        new Mnemonic(VmFlags.VM_MAYREAD, "mr"),
        new Mnemonic(VmFlags.VM_MAYWRITE, "mw"),
        new Mnemonic(VmFlags.VM_MAYEXEC, "me"),
        new Mnemonic(VmFlags.VM_MAYSHARE, "ms"),
        new Mnemonic(VmFlags.VM_GROWSDOWN, "gd"),
        new Mnemonic(VmFlags.VM_UFFD_MISSING, "um"),
        new Mnemonic(VmFlags.VM_PFNMAP, "pf"),
        new Mnemonic(VmFlags.VM_UFFD_WP, "uw"),
        new Mnemonic(VmFlags.VM_LOCKED, "lo"),
        new Mnemonic(VmFlags.VM_IO, "io"),
        new Mnemonic(VmFlags.VM_SEQ_READ, "sr"),
        new Mnemonic(VmFlags.VM_RAND_READ, "rr"),
        new Mnemonic(VmFlags.VM_DONTCOPY, "dc"),
        new Mnemonic(VmFlags.VM_DONTEXPAND, "de"),
        new Mnemonic(VmFlags.VM_LOCKONFAULT, "lf"),
        new Mnemonic(VmFlags.VM_ACCOUNT, "ac"),
        new Mnemonic(VmFlags.VM_NORESERVE, "nr"),
        new Mnemonic(VmFlags.VM_HUGETLB, "ht"),
        new Mnemonic(VmFlags.VM_SYNC, "sf"),
        new Mnemonic(VmFlags.VM_WIPEONFORK, "wf"),
        new Mnemonic(VmFlags.VM_DONTDUMP, "dd"),
        new Mnemonic(VmFlags.VM_SOFTDIRTY, "sd"),
        new Mnemonic(VmFlags.VM_MIXEDMAP, "mm"),
        new Mnemonic(VmFlags.VM_HUGEPAGE, "hg"),
        new Mnemonic(VmFlags.VM_NOHUGEPAGE, "nh"),
        new Mnemonic(VmFlags.VM_MERGEABLE, "mg"),
        new Mnemonic(VmFlags.VM_DROPPABLE, "dp"),
        new Mnemonic(VmFlags.VM_SEALED, "sl"),
    };

    private static final int VALUE_COLUMN = 16;
    private static final int VALUE_WIDTH = 8;
    private static final int KIB_PER_PAGE = 4;
    private static final int BYTES_PER_KIB = 1024;

    private final StringBuilder out = new StringBuilder();

    private SmapsText() {}

    static CharSequence of(PidNode node, ProcessTask task, CallerContext caller) {
        SmapsText text = new SmapsText();
        ProcessMemory memory = task.memory();
        if (memory != null) {
            MapsText.forEachArea(
                    memory.space(), area -> text.area(memory, area, memory.layout(), caller));
        }
        return text.out;
    }

    private void area(
            ProcessMemory memory, VmArea area, MemoryLayout layout, CallerContext caller) {
        MapsText.line(out, area, layout, caller);
        kib("Size", area.lengthBytes() / BYTES_PER_KIB);
        kib("KernelPageSize", KIB_PER_PAGE);
        kib("MMUPageSize", KIB_PER_PAGE);
        AreaUsage usage = memory.usage(area);
        resident(usage);
        kib("Pss_Dirty", usage.proportionalDirtyBytes() / BYTES_PER_KIB);
        rest(usage, area.has(VmFlags.VM_LOCKED) ? usage.proportionalBytes() : 0);
        out.append("THPeligible:           0\nVmFlags: ");
        for (Mnemonic mnemonic : MNEMONICS) {
            if (area.has(mnemonic.flag())) {
                out.append(mnemonic.word()).append(' ');
            }
        }
        out.append('\n');
    }

    /// The sums over all areas.
    static CharSequence rollup(ProcessTask task) {
        SmapsText text = new SmapsText();
        ProcessMemory memory = task.memory();
        VmArea first = memory == null ? null : memory.space().findAreaFrom(0);
        if (memory == null || first == null) {
            return text.out;
        }
        Sum sum = new Sum();
        MapsText.forEachArea(memory.space(), area -> sum.add(memory, area));
        MapsText.header(text.out, first.start(), sum.end, "---p", 0, 0, 0, "[rollup]");
        text.resident(sum.total);
        text.kib("Pss_Dirty", sum.total.proportionalDirtyBytes() / BYTES_PER_KIB);
        text.kib("Pss_Anon", sum.anonymousBytes / BYTES_PER_KIB);
        text.kib("Pss_File", sum.fileBytes / BYTES_PER_KIB);
        text.kib("Pss_Shmem", sum.shmemBytes / BYTES_PER_KIB);
        text.rest(sum.total, sum.lockedBytes);
        return text.out;
    }

    /// What a whole address space comes to. An area's share counts as anonymous, of a file or of
    /// shared memory as a whole.
    private static final class Sum {
        AreaUsage total = AreaUsage.NONE;
        long end;
        long anonymousBytes;
        long fileBytes;
        long shmemBytes;
        long lockedBytes;

        void add(ProcessMemory memory, VmArea area) {
            AreaUsage usage = memory.usage(area);
            long share = usage.proportionalBytes();
            total = total.plus(usage);
            end = area.end();
            if (usage.anonymous() == usage.resident()) {
                anonymousBytes += share;
            } else if (area.file() instanceof SharedAnonymousFile) {
                shmemBytes += share;
            } else {
                fileBytes += share;
            }
            if (area.has(VmFlags.VM_LOCKED)) {
                lockedBytes += share;
            }
        }
    }

    private void resident(AreaUsage usage) {
        kib("Rss", usage.resident() * KIB_PER_PAGE);
        kib("Pss", usage.proportionalBytes() / BYTES_PER_KIB);
    }

    /// Linux: __show_smap()
    private void rest(AreaUsage usage, long lockedBytes) {
        kib("Shared_Clean", usage.sharedClean() * KIB_PER_PAGE);
        kib("Shared_Dirty", usage.sharedDirty() * KIB_PER_PAGE);
        kib("Private_Clean", usage.privateClean() * KIB_PER_PAGE);
        kib("Private_Dirty", usage.privateDirty() * KIB_PER_PAGE);
        kib("Referenced", usage.referenced() * KIB_PER_PAGE);
        kib("Anonymous", usage.anonymous() * KIB_PER_PAGE);
        for (String name :
                new String[] {
                    "KSM",
                    "LazyFree",
                    "AnonHugePages",
                    "ShmemPmdMapped",
                    "FilePmdMapped",
                    "Shared_Hugetlb",
                    "Private_Hugetlb",
                    "Swap",
                    "SwapPss"
                }) {
            kib(name, 0);
        }
        kib("Locked", lockedBytes / BYTES_PER_KIB);
    }

    private void kib(String name, long kib) {
        String value = Long.toString(kib);
        out.append(name).append(':').repeat(' ', VALUE_COLUMN - name.length() - 1);
        out.repeat(' ', Math.max(0, VALUE_WIDTH - value.length())).append(value).append(" kB\n");
    }
}
