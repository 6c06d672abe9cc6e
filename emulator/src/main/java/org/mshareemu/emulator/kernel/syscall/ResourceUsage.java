package org.mshareemu.emulator.kernel.syscall;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.TaskCounters;

/// struct rusage of getrusage(2).
///
///       0  ru_utime, ru_stime as struct timeval
///      32  ru_maxrss in KiB
///      64  ru_minflt, ru_majflt
///     128  ru_nvcsw, ru_nivcsw
///     144  end
final class ResourceUsage {
    private static final int BYTES = 144;

    private ResourceUsage() {}

    /// @param maxResidentKib ru_maxrss
    static void write(UserMemory memory, long vaddr, TaskCounters used, long maxResidentKib)
            throws ErrnoException {
        memory.clear(vaddr, BYTES);
        TimeValues.writeTimeval(memory, vaddr, used.userNanos());
        TimeValues.writeTimeval(memory, vaddr + 16, used.systemNanos());
        memory.writeLong(vaddr + 32, maxResidentKib);
        memory.writeLong(vaddr + 64, used.minorFaults());
        memory.writeLong(vaddr + 72, used.majorFaults());
        memory.writeLong(vaddr + 128, used.voluntarySwitches());
        memory.writeLong(vaddr + 136, used.involuntarySwitches());
    }
}
