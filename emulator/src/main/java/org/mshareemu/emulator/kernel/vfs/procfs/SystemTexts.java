package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.procfs.SystemView.CpuTimes;
import org.mshareemu.emulator.kernel.vfs.procfs.SystemView.LoadAverage;

/// The small files that stand in /proc itself.
final class SystemTexts {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long HUNDREDTH_NANOS = 10_000_000;
    private static final int HUNDREDTHS = 100;
    private static final String NO_OTHER_TIMES = " 0 0 0 0 0 0\n";

    private final ProcSuperBlock proc;
    private final SystemView system;

    SystemTexts(ProcSuperBlock proc) {
        this.proc = proc;
        this.system = proc.views().system();
    }

    String commandLine() {
        return system.commandLine() + "\n";
    }

    /// Linux: devinfo_ops
    String devices() {
        return "Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/console\n\nBlock devices:\n";
    }

    /// Linux: filesystems_proc_show()
    String fileSystems() {
        StringBuilder out = new StringBuilder();
        for (FileSystemType type : proc.vfs().types()) {
            out.append(type.isNoDevice() ? "nodev\t" : "\t").append(type.name()).append('\n');
        }
        return out.toString();
    }

    /// Linux: loadavg_proc_show()
    String loadAverage() {
        LoadAverage load = system.loadAverage();
        return hundredths(load.one())
                + " "
                + hundredths(load.five())
                + " "
                + hundredths(load.fifteen())
                + " "
                + system.runnableTasks()
                + "/"
                + system.taskCount()
                + " "
                + system.lastTaskNumber()
                + "\n";
    }

    private static String hundredths(long value) {
        return "%d.%02d".formatted(value / HUNDREDTHS, value % HUNDREDTHS);
    }

    /// Linux: show_stat()
    String stat() {
        StringBuilder cpus = new StringBuilder();
        long user = 0;
        long nice = 0;
        long kernel = 0;
        long idle = 0;
        for (int cpu = 0; cpu < system.cpuCount(); cpu++) {
            CpuTimes times = system.cpuTimes(cpu);
            user += times.userNanos();
            nice += times.niceNanos();
            kernel += times.systemNanos();
            idle += times.idleNanos();
            cpus.append("cpu").append(cpu).append(times(times));
        }
        CpuTimes all = new CpuTimes(user, nice, kernel, idle);
        return "cpu "
                + times(all)
                + cpus
                + "intr 0\nctxt "
                + system.contextSwitches()
                + "\nbtime "
                + proc.bootRealtimeNanos() / SECOND_NANOS
                + "\nprocesses "
                + system.createdTasks()
                + "\nprocs_running "
                + system.runnableTasks()
                + "\nprocs_blocked 0\nsoftirq 0 0 0 0 0 0 0 0 0 0 0\n";
    }

    private static String times(CpuTimes times) {
        return " "
                + times.userNanos() / StatText.TICK_NANOS
                + " "
                + times.niceNanos() / StatText.TICK_NANOS
                + " "
                + times.systemNanos() / StatText.TICK_NANOS
                + " "
                + times.idleNanos() / StatText.TICK_NANOS
                + NO_OTHER_TIMES;
    }

    String swaps() {
        return "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
    }

    /// Linux: uptime_proc_show()
    String uptime() {
        long idle = 0;
        for (int cpu = 0; cpu < system.cpuCount(); cpu++) {
            idle += system.cpuTimes(cpu).idleNanos();
        }
        long up = proc.vfs().clock().monotonicNanos();
        return hundredths(up / HUNDREDTH_NANOS) + " " + hundredths(idle / HUNDREDTH_NANOS) + "\n";
    }

    /// Linux: linux_proc_banner
    String version() {
        return "Linux version "
                + system.release()
                + " (mshare-emu@localhost) (javac) "
                + system.version()
                + "\n";
    }
}
