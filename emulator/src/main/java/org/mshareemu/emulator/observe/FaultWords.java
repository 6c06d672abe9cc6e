package org.mshareemu.emulator.observe;

import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.mmu.paging.PageFaultError;

/// Words for what a page fault is about.
public final class FaultWords {
    private FaultWords() {}

    /// The error code of SDM Vol. 3A, 4.7: `user write, not present`.
    public static String errorCode(int code) {
        String mode = (code & PageFaultError.USER) != 0 ? "user " : "kernel ";
        String access =
                (code & PageFaultError.FETCH) != 0
                        ? "fetch"
                        : (code & PageFaultError.WRITE) != 0 ? "write" : "read";
        String cause =
                (code & PageFaultError.RESERVED) != 0
                        ? ", reserved bit set"
                        : (code & PageFaultError.PRESENT) != 0 ? ", protection" : ", not present";
        return mode + access + cause;
    }

    /// An area as /proc/PID/maps has it: range, rights, name.
    public static String area(VmArea area) {
        StringBuilder text = new StringBuilder();
        text.append(Long.toHexString(area.start()))
                .append('-')
                .append(Long.toHexString(area.end()))
                .append(' ');
        text.append(area.has(VmFlags.VM_READ) ? 'r' : '-');
        text.append(area.has(VmFlags.VM_WRITE) ? 'w' : '-');
        text.append(area.has(VmFlags.VM_EXEC) ? 'x' : '-');
        text.append(area.isShared() ? 's' : 'p');
        Mappable file = area.file();
        String name = area.operations().name(area);
        if (name == null) {
            name =
                    file != null
                            ? GuestText.of(file.displayPath())
                            : area.has(VmFlags.VM_GROWSDOWN) ? "[stack]" : "anonymous";
        }
        return text.append(' ').append(name).toString();
    }
}
