package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory.MemoryLayout;

import java.util.HexFormat;

/// /proc/PID/maps. Linux: fs/proc/task_mmu.c
final class MapsText {
    /// Where the name begins. Linux: seq_setwidth() in show_vma_header_prefix()
    private static final int NAME_COLUMN = 73;

    private static final int ADDRESS_DIGITS = 8;
    private static final HexFormat HEX = HexFormat.of();

    private MapsText() {}

    static CharSequence of(PidNode node, ProcessTask task, CallerContext caller) {
        StringBuilder out = new StringBuilder();
        ProcessMemory memory = task.memory();
        if (memory != null) {
            MemoryLayout layout = memory.layout();
            forEachArea(memory.space(), area -> line(out, area, layout, caller));
        }
        return out;
    }

    /// Visits the areas in the order of their addresses.
    static void forEachArea(AddressSpace space, java.util.function.Consumer<VmArea> visitor) {
        VmArea area = space.findAreaFrom(0);
        while (area != null) {
            visitor.accept(area);
            area = space.findAreaFrom(area.end());
        }
    }

    /// Linux: show_map_vma()
    static void line(StringBuilder out, VmArea area, MemoryLayout layout, CallerContext caller) {
        Mappable file = area.file();
        long offset = file == null ? 0 : area.pageOffset() << 12;
        String rights =
                (area.has(VmFlags.VM_READ) ? "r" : "-")
                        + (area.has(VmFlags.VM_WRITE) ? "w" : "-")
                        + (area.has(VmFlags.VM_EXEC) ? "x" : "-")
                        + (area.has(VmFlags.VM_MAYSHARE) ? "s" : "p");
        header(
                out,
                area.start(),
                area.end(),
                rights,
                offset,
                file == null ? 0 : file.deviceNumber(),
                file == null ? 0 : file.inodeNumber(),
                name(area, layout, caller));
    }

    /// Linux: show_vma_header_prefix()
    static void header(
            StringBuilder out,
            long start,
            long end,
            String rights,
            long offsetBytes,
            long device,
            long inodeNumber,
            @Nullable String name) {
        int begin = out.length();
        hex(out, start, ADDRESS_DIGITS).append('-');
        hex(out, end, ADDRESS_DIGITS).append(' ').append(rights).append(' ');
        hex(out, offsetBytes, ADDRESS_DIGITS).append(' ');
        hex(out, Stat.major(device), 2).append(':');
        hex(out, Stat.minor(device), 2).append(' ').append(inodeNumber).append(' ');
        if (name != null) {
            out.repeat(' ', Math.max(0, NAME_COLUMN - (out.length() - begin))).append(name);
        }
        out.append('\n');
    }

    private static StringBuilder hex(StringBuilder out, long value, int digits) {
        String all = HEX.toHexDigits(value);
        int from = 0;
        while (from < all.length() - digits && all.charAt(from) == '0') {
            from++;
        }
        return out.append(all, from, all.length());
    }

    /// Linux: get_vma_name()
    private static @Nullable String name(VmArea area, MemoryLayout layout, CallerContext caller) {
        Mappable file = area.file();
        if (file != null) {
            return display(file, caller).replace("\n", "\\012");
        }
        String special = area.operations().name(area);
        if (special != null) {
            return special;
        }
        if (area.start() < layout.brk() && area.end() > layout.startBrk()) {
            return "[heap]";
        }
        boolean stack = area.start() <= layout.startStack() && area.end() >= layout.startStack();
        return stack ? "[stack]" : null;
    }

    /// The path as the reader's root shows it.
    private static String display(Mappable file, CallerContext caller) {
        if (file instanceof OpenFile open) {
            Path path = open.path();
            return path.mount().vfs().paths().display(path, caller.fs().root());
        }
        return file.displayPath();
    }
}
