package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.AttributeChange;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.Extent;
import org.mshareemu.emulator.kernel.vfs.pseudo.ListedDirectory;

import java.util.List;

/// /proc/PID, or /proc/PID/task/TID. Linux: proc_tgid_base_operations, proc_tid_base_operations
final class PidDirectory extends ListedDirectory {
    private static final int PERMISSIONS = 0x16d;

    private final PidNode node;
    private final List<PidEntry> entries;

    private PidDirectory(PidNode node, ProcessTask task, List<PidEntry> entries) {
        long directories = entries.stream().filter(PidEntry::isDirectory).count();
        super(
                node.superBlock(),
                node.inodeNumber(0, 0),
                PERMISSIONS,
                task.credentials().euid(),
                task.credentials().egid(),
                2 + directories);
        this.node = node;
        this.entries = entries;
        long start = node.startRealtimeNanos(task);
        setTimes(start, start, start);
    }

    /// The directory of a task.
    ///
    /// @throws ErrnoException ENOENT if there is no such task
    static PidDirectory of(PidNode node) throws ErrnoException {
        boolean process = node.extent() == Extent.PROCESS;
        List<PidEntry> entries = process ? PidEntries.PROCESS : PidEntries.THREAD;
        return new PidDirectory(node, node.named(), entries);
    }

    @Override
    public void setattr(Dentry dentry, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        ProcAccess.refuseModes(change);
        super.setattr(dentry, change, caller);
    }

    @Override
    public boolean isCachingNames() {
        return false;
    }

    /// Linux: proc_pident_lookup()
    @Override
    public Inode lookup(Dentry directory, String name, CallerContext caller) throws ErrnoException {
        ProcessTask task = node.named();
        for (int slot = 0; slot < entries.size(); slot++) {
            PidEntry entry = entries.get(slot);
            if (entry.name().equals(name)) {
                return entry.make(node, task, slot + 1);
            }
        }
        throw Errno.ENOENT.exception();
    }

    /// Linux: proc_pident_readdir()
    @Override
    protected void list(long from, Lister lister, CallerContext caller) throws ErrnoException {
        node.named();
        for (int slot = (int) (from - FIRST); slot < entries.size(); slot++) {
            PidEntry entry = entries.get(slot);
            long number = node.inodeNumber(slot + 1, 0);
            if (!lister.offer(entry.name(), number, entry.mode(), FIRST + slot + 1)) {
                return;
            }
        }
    }
}
