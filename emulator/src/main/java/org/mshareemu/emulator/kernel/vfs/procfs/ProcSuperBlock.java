package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;

/// One mounted procfs.
final class ProcSuperBlock extends SuperBlock {
    /// Linux: PROC_ROOT_INO
    static final long ROOT_NUMBER = 1;

    /// Linux: PROC_DYNAMIC_FIRST
    private static final long FIRST_FIXED = 0xf000_0000L;

    private final ProcViews views;
    private long nextNumber = FIRST_FIXED;

    ProcSuperBlock(Vfs vfs, ProcViews views, SysctlTable settings, long flags) {
        super(vfs, "proc", MountFlags.PROC_SUPER_MAGIC, flags);
        this.views = views;
        ProcRoot root = new ProcRoot(this);
        setRoot(root);
        root.fill(root(), settings);
    }

    ProcViews views() {
        return views;
    }

    /// For an inode that belongs to no task.
    long nextFixedNumber() {
        return nextNumber++;
    }

    /// When the machine was booted, in nanoseconds since the epoch.
    long bootRealtimeNanos() {
        return vfs().clock().realtimeNanos() - vfs().clock().monotonicNanos();
    }
}
