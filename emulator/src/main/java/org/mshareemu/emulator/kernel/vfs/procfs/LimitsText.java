package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.cred.ResourceLimits;

/// /proc/PID/limits. Linux: proc_pid_limits()
final class LimitsText {
    private record Row(String name, String unit) {}

    /// In the order of RLIMIT_*.
    private static final Row[] ROWS = {
        new Row("Max cpu time", "seconds"),
        new Row("Max file size", "bytes"),
        new Row("Max data size", "bytes"),
        new Row("Max stack size", "bytes"),
        new Row("Max core file size", "bytes"),
        new Row("Max resident set", "bytes"),
        new Row("Max processes", "processes"),
        new Row("Max open files", "files"),
        new Row("Max locked memory", "bytes"),
        new Row("Max address space", "bytes"),
        new Row("Max file locks", "locks"),
        new Row("Max pending signals", "signals"),
        new Row("Max msgqueue size", "bytes"),
        new Row("Max nice priority", ""),
        new Row("Max realtime priority", ""),
        new Row("Max realtime timeout", "us"),
    };

    private LimitsText() {}

    static String of(ResourceLimits limits) {
        StringBuilder out =
                new StringBuilder("Limit                     Soft Limit           ")
                        .append("Hard Limit           Units     \n");
        for (int resource = 0; resource < ROWS.length; resource++) {
            Row row = ROWS[resource];
            pad(out, row.name(), 25).append(' ');
            pad(out, value(limits.soft(resource)), 20).append(' ');
            pad(out, value(limits.hard(resource)), 20).append(' ');
            if (!row.unit().isEmpty()) {
                pad(out, row.unit(), 10);
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static StringBuilder pad(StringBuilder out, String text, int width) {
        return out.append(text).repeat(' ', Math.max(0, width - text.length()));
    }

    private static String value(long limit) {
        return limit == ResourceLimits.RLIM_INFINITY ? "unlimited" : Long.toUnsignedString(limit);
    }
}
