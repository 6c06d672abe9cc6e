package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.AttributeChange;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.pseudo.Content;
import org.mshareemu.emulator.kernel.vfs.pseudo.ContentFile;

/// A file below /proc/PID; it belongs to the task's user.
final class PidFile extends ContentFile {
    /// @param mode the type may be in it
    PidFile(PidNode node, ProcessTask task, int mode, long number, Content content) {
        super(node.superBlock(), number, mode, node.uid(task), node.gid(task), content);
        long start = node.startRealtimeNanos(task);
        setTimes(start, start, start);
    }

    @Override
    public void setattr(Dentry dentry, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        ProcAccess.refuseModes(change);
        super.setattr(dentry, change, caller);
    }
}
