package org.mshareemu.emulator.kernel.vfs.overlay;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;

/// A symbolic link of the union.
final class OverlaySymlink extends Inode {
    private final OverlaySuperBlock overlay;
    private final @Nullable Below below;
    private final String target;

    /// A new link.
    OverlaySymlink(OverlaySuperBlock overlay, int uid, int gid, String target) {
        super(overlay, overlay.newNumber(), Stat.S_IFLNK | Stat.S_IRWXUGO, uid, gid);
        this.overlay = overlay;
        this.below = null;
        this.target = target;
    }

    /// A link that is below.
    OverlaySymlink(OverlaySuperBlock overlay, Below below) {
        super(
                overlay,
                below.status().inodeNumber(),
                below.status().mode(),
                below.status().uid(),
                below.status().gid());
        this.overlay = overlay;
        this.below = below;
        this.target = "";
        below.copyTo(this);
    }

    @Override
    public long sizeBytes() {
        Below lower = below;
        return lower == null ? target.length() : lower.status().sizeBytes();
    }

    @Override
    public @Nullable FileOperations fileOperations() {
        return null;
    }

    @Override
    public String readlink(CallerContext caller) throws ErrnoException {
        Below lower = below;
        return lower == null ? target : lower.dentry().inode().readlink(caller);
    }

    @Override
    protected void evict() {
        Below lower = below;
        if (lower != null) {
            overlay.forget(lower);
        }
    }
}
