package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.pseudo.FixedDirectory.LinkCount;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What stands below /proc/sys. Linux: struct ctl_table
///
/// A later entry replaces an earlier one of the same path, so that whoever has the real setting
/// puts it in the place of a constant.
public final class SysctlTable {
    private final TreeMap<String, SysctlEntry> entries = new TreeMap<>();

    /// Takes a number that was written.
    @FunctionalInterface
    public interface NumberSetter {
        void set(long value) throws ErrnoException;
    }

    /// Takes a text that was written, its newline removed.
    @FunctionalInterface
    public interface TextSetter {
        void set(String value) throws ErrnoException;
    }

    /// A value that cannot be changed.
    ///
    /// @param path below /proc/sys, such as "kernel/pid_max"
    public SysctlTable constant(String path, Object value) {
        String text = value.toString();
        return put(path, new SysctlEntry.Text(() -> text, null));
    }

    /// A text that only the kernel changes.
    public SysctlTable text(String path, Supplier<String> value) {
        return put(path, new SysctlEntry.Text(value, null));
    }

    /// A text that root may write. Linux: proc_dostring()
    public SysctlTable text(String path, Supplier<String> value, TextSetter setter) {
        return put(path, new SysctlEntry.Text(value, setter));
    }

    /// A number that only the kernel changes.
    public SysctlTable number(String path, LongSupplier value) {
        return put(path, new SysctlEntry.Text(() -> Long.toString(value.getAsLong()), null));
    }

    /// A number that root may write. Linux: proc_doulongvec_minmax()
    ///
    /// @param minimum less is EINVAL
    /// @param maximum more is EINVAL
    public SysctlTable number(
            String path, LongSupplier value, NumberSetter setter, long minimum, long maximum) {
        return put(path, new SysctlEntry.Numeric(value, setter, minimum, maximum));
    }

    private SysctlTable put(String path, SysctlEntry entry) {
        entries.put(path, entry);
        return this;
    }

    /// The directory /proc/sys of one mount.
    ProcDirectory directory(ProcSuperBlock proc) {
        ProcDirectory root = newDirectory(proc);
        for (Map.Entry<String, SysctlEntry> entry : entries.entrySet()) {
            String[] names = entry.getKey().split("/", -1);
            ProcDirectory at = root;
            for (int i = 0; i < names.length - 1; i++) {
                at = subdirectory(at, names[i], proc);
            }
            at.add(names[names.length - 1], new SysctlFile(proc, entry.getValue()));
        }
        return root;
    }

    private static ProcDirectory subdirectory(ProcDirectory at, String name, ProcSuperBlock proc) {
        Inode known = at.find(name);
        if (known instanceof ProcDirectory directory) {
            return directory;
        }
        ProcDirectory made = newDirectory(proc);
        at.add(name, made);
        return made;
    }

    private static ProcDirectory newDirectory(ProcSuperBlock proc) {
        return new ProcDirectory(
                proc, proc.nextFixedNumber(), Comparator.naturalOrder(), LinkCount.ONE);
    }
}
