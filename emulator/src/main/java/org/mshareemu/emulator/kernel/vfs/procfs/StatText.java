package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory.MemoryLayout;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory.MemorySizes;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.SignalSets;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.TaskIds;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.TaskSchedule;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.TaskTimes;

/// /proc/PID/stat and /proc/PID/statm, both one line of numbers. Linux: fs/proc/array.c
final class StatText {
    /// Nanoseconds of one tick of USER_HZ, which is 100.
    static final long TICK_NANOS = 10_000_000;

    private static final int PAGE_SHIFT = 12;
    private static final long PAGE_MASK = -4096;
    private static final int PRIORITY_OF_NICE_0 = 20;

    /// What strangers see as the bounds of the code.
    private static final long HIDDEN = 1;

    private static final MemorySizes NO_SIZES = new MemorySizes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final MemoryLayout NO_LAYOUT = new MemoryLayout(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final MemoryLayout HIDDEN_LAYOUT =
            new MemoryLayout(HIDDEN, HIDDEN, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final StringBuilder out = new StringBuilder(400);

    private StatText() {}

    /// Linux: do_task_stat()
    static String of(PidNode node, ProcessTask task, CallerContext caller) {
        StatText text = new StatText();
        boolean permitted = ProcAccess.isAllowed(task, caller);
        ProcessMemory memory = task.memory();
        MemorySizes sizes = memory == null ? NO_SIZES : memory.sizes();
        MemoryLayout layout = NO_LAYOUT;
        if (memory != null) {
            layout = permitted ? memory.layout() : HIDDEN_LAYOUT;
        }
        TaskTimes times = task.times(node.extent());
        text.identity(task, times);
        text.schedule(task, times);
        text.memory(task, sizes, layout);
        text.signals(task);
        text.rest(task, layout, permitted ? task.exitCode() : 0);
        return text.out.append('\n').toString();
    }

    private StatText put(long number) {
        out.append(' ').append(number);
        return this;
    }

    private StatText unsigned(long number) {
        out.append(' ').append(Long.toUnsignedString(number));
        return this;
    }

    private StatText ticks(long nanos) {
        return put(nanos / TICK_NANOS);
    }

    private void identity(ProcessTask task, TaskTimes times) {
        TaskIds ids = task.ids();
        out.append(ids.tid()).append(" (").append(task.comm()).append(") ");
        out.append(task.stateLetter());
        put(ids.parent()).put(ids.processGroup()).put(ids.session());
        put(ids.terminal()).put(ids.foreground()).put(task.flags());
        put(times.minorFaults()).put(times.childrenMinorFaults());
        put(times.majorFaults()).put(times.childrenMajorFaults());
        ticks(times.userNanos()).ticks(times.systemNanos());
        ticks(times.childrenUserNanos()).ticks(times.childrenSystemNanos());
    }

    private void schedule(ProcessTask task, TaskTimes times) {
        TaskSchedule schedule = task.schedule();
        int realtime = schedule.realtimePriority();
        put(realtime > 0 ? -1 - realtime : PRIORITY_OF_NICE_0 + schedule.nice());
        put(schedule.nice()).put(task.ids().threadCount()).put(0).ticks(times.startNanos());
    }

    private void memory(ProcessTask task, MemorySizes sizes, MemoryLayout layout) {
        put(sizes.total() << PAGE_SHIFT).put(sizes.resident());
        unsigned(task.limits().soft(ResourceLimits.RLIMIT_RSS));
        put(layout.startCode()).put(layout.endCode()).put(layout.startStack());
        put(0).put(0);
    }

    private void signals(ProcessTask task) {
        SignalSets sets = task.signals();
        long shown = Integer.MAX_VALUE;
        put(sets.pending() & shown).put(sets.blocked() & shown);
        put(sets.ignored() & shown).put(sets.caught() & shown);
        put(task.stateLetter() == 'R' ? 0 : 1).put(0).put(0);
    }

    private void rest(ProcessTask task, MemoryLayout layout, int exitCode) {
        TaskSchedule schedule = task.schedule();
        put(task.exitSignal()).put(schedule.cpu());
        put(schedule.realtimePriority()).put(schedule.policy());
        put(0).put(0).put(0);
        put(layout.startData()).put(layout.endData()).put(layout.startBrk());
        put(layout.argStart()).put(layout.argEnd()).put(layout.envStart()).put(layout.envEnd());
        put(exitCode);
    }

    /// Linux: proc_pid_statm()
    static String sizes(ProcessTask task) {
        ProcessMemory memory = task.memory();
        if (memory == null) {
            return "0 0 0 0 0 0 0\n";
        }
        MemorySizes sizes = memory.sizes();
        return sizes.total()
                + " "
                + sizes.resident()
                + " "
                + (sizes.residentFile() + sizes.residentShmem())
                + " "
                + textPages(memory.layout())
                + " 0 "
                + (sizes.data() + sizes.stack())
                + " 0\n";
    }

    /// Pages that hold the program's code.
    static long textPages(MemoryLayout layout) {
        long end = (layout.endCode() + ~PAGE_MASK) & PAGE_MASK;
        return (end - (layout.startCode() & PAGE_MASK)) >>> PAGE_SHIFT;
    }
}
