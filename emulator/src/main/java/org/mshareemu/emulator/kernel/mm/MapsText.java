package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_EXEC;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAYSHARE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_READ;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WRITE;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.VmArea;

import java.util.HexFormat;

/// The text of /proc/PID/maps.
///
/// Linux: show_map_vma(), get_vma_name()
public final class MapsText {
    /// Column of the name. Linux: seq_setwidth() in show_vma_header_prefix()
    private static final int NAME_COLUMN = 72;

    private static final HexFormat HEX = HexFormat.of();

    private MapsText() {}

    /// One line for each area.
    public static String of(Mm mm) {
        StringBuilder text = new StringBuilder(80 * mm.areaCount());
        for (int index = 0; index < mm.areaCount(); index++) {
            appendLine(text, mm, mm.areaAt(index));
        }
        return text.toString();
    }

    /// The line of one area, with its newline.
    public static void appendLine(StringBuilder text, Mm mm, VmArea area) {
        int lineStart = text.length();
        appendHex(text, area.start(), 8);
        text.append('-');
        appendHex(text, area.end(), 8);
        text.append(' ')
                .append(area.has(VM_READ) ? 'r' : '-')
                .append(area.has(VM_WRITE) ? 'w' : '-')
                .append(area.has(VM_EXEC) ? 'x' : '-')
                .append(area.has(VM_MAYSHARE) ? 's' : 'p')
                .append(' ');
        Mappable file = area.file();
        long device = file == null ? 0 : file.deviceNumber();
        appendHex(text, file == null ? 0 : area.pageOffset() << 12, 8);
        text.append(' ');
        appendHex(text, major(device), 2);
        text.append(':');
        appendHex(text, minor(device), 2);
        text.append(' ').append(file == null ? 0 : file.inodeNumber()).append(' ');
        String name = nameOf(mm, area);
        if (name != null) {
            while (text.length() - lineStart < NAME_COLUMN) {
                text.append(' ');
            }
            text.append(' ').append(name.replace("\n", "\\012"));
        }
        text.append('\n');
    }

    /// What stands in the last column, or null. Linux: get_vma_name()
    public static @Nullable String nameOf(Mm mm, VmArea area) {
        Mappable file = area.file();
        if (file != null) {
            return file.displayPath();
        }
        String given = area.operations().name(area);
        if (given != null) {
            return given;
        }
        if (area.start() < mm.brk() && area.end() > mm.program().startBrk()) {
            return "[heap]";
        }
        long stack = mm.program().startStack();
        return area.start() <= stack && area.end() >= stack ? "[stack]" : null;
    }

    private static void appendHex(StringBuilder text, long value, int width) {
        String digits = HEX.toHexDigits(value);
        int first = 0;
        while (first < digits.length() - width && digits.charAt(first) == '0') {
            first++;
        }
        text.append(digits, first, digits.length());
    }

    /// Linux: new_decode_dev(), as stat(2) encodes device numbers
    private static long major(long device) {
        return (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
    }

    private static long minor(long device) {
        return (device & 0xff) | (device >>> 12 & ~0xffL & 0xffff_ffffL);
    }
}
