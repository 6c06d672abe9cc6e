package org.mshareemu.emulator.kernel.vfs.procfs;

/// The machine as /proc shows it.
public interface SystemView {
    /// As uname(2) tells.
    String release();

    /// As uname(2) tells: "#1 SMP …".
    String version();

    String hostName();

    void setHostName(String name);

    String domainName();

    void setDomainName(String name);

    /// What the machine was started with, for /proc/cmdline.
    String commandLine();

    int cpuCount();

    CpuTimes cpuTimes(int cpu);

    /// Switches from one task to another since boot.
    long contextSwitches();

    /// Processes and threads made since boot.
    long createdTasks();

    /// Processes and threads there are.
    int taskCount();

    /// Those of them that could run now.
    int runnableTasks();

    /// The number given out last.
    int lastTaskNumber();

    /// Tasks that wanted to run, averaged.
    LoadAverage loadAverage();

    /// Fills with random bytes of the machine.
    void random(byte[] bytes);

    /// Where one CPU's time went, in nanoseconds.
    record CpuTimes(long userNanos, long niceNanos, long systemNanos, long idleNanos) {}

    /// Averages over 1, 5 and 15 minutes in hundredths.
    record LoadAverage(int one, int five, int fifteen) {
        /// Nobody counts.
        public static final LoadAverage NONE = new LoadAverage(0, 0, 0);
    }
}
