package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.AttributeChange;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.Path;

/// A link that jumps to what the task has open instead of walking a path name: exe, cwd, root and
/// the descriptors. Linux: proc_pid_link_inode_operations
final class PidLink extends Inode {
    private final PidNode node;
    private final PidEntry.Target target;

    /// @param mode the type may be in it
    PidLink(PidNode node, ProcessTask task, int mode, long number, PidEntry.Target target) {
        super(node.superBlock(), number, Stat.S_IFLNK | mode, node.uid(task), node.gid(task));
        this.node = node;
        this.target = target;
        long start = node.startRealtimeNanos(task);
        setTimes(start, start, start);
    }

    @Override
    public @Nullable FileOperations fileOperations() {
        return null;
    }

    /// Linux: proc_pid_get_link()
    ///
    /// @throws ErrnoException EACCES for a stranger's process, ENOENT if it leads nowhere
    @Override
    public Path magicTarget(CallerContext caller) throws ErrnoException {
        ProcessTask task = node.find();
        if (task == null || !ProcAccess.isAllowed(task, caller)) {
            throw Errno.EACCES.exception();
        }
        return target.of(task);
    }

    /// Linux: proc_pid_readlink(), d_path()
    @Override
    public String readlink(CallerContext caller) throws ErrnoException {
        Path place = magicTarget(caller);
        return superBlock().vfs().paths().display(place, caller.fs().root());
    }

    @Override
    public void setattr(Dentry dentry, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        ProcAccess.refuseModes(change);
        super.setattr(dentry, change, caller);
    }
}
