package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.signal.SigInfo;

/// RLIMIT_CPU: SIGXCPU once a second above the soft limit, SIGKILL at the hard one. Linux:
/// check_process_timers()
final class CpuLimit {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private CpuLimit() {}

    /// The process has used more CPU time.
    static void check(Kernel kernel, TaskGroup group) {
        ResourceLimits limits = group.limits();
        long soft = limits.soft(ResourceLimits.RLIMIT_CPU);
        if (soft == ResourceLimits.RLIM_INFINITY || group.exiting) {
            return;
        }
        TaskCounters used = group.totalCounters();
        long seconds = (used.userNanos() + used.systemNanos()) / NANOS_PER_SECOND;
        long hard = limits.hard(ResourceLimits.RLIMIT_CPU);
        if (Long.compareUnsigned(seconds, hard) >= 0) {
            kernel.signals().sendToGroup(group, SigInfo.fromKernel(Signals.SIGKILL));
        } else if (Long.compareUnsigned(seconds, soft) >= 0) {
            kernel.signals().sendToGroup(group, SigInfo.fromKernel(Signals.SIGXCPU));
            limits.set(ResourceLimits.RLIMIT_CPU, soft + 1, hard);
        }
    }
}
