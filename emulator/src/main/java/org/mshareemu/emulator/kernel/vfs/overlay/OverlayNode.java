package org.mshareemu.emulator.kernel.vfs.overlay;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.vfs.SpecialInode;

/// A FIFO, socket or device of the union: what it does is the guest's business, even if the node
/// was found below.
final class OverlayNode extends SpecialInode {
    private final OverlaySuperBlock overlay;
    private final @Nullable Below below;

    /// A new node.
    OverlayNode(OverlaySuperBlock overlay, int fullMode, int uid, int gid, long device) {
        super(overlay, overlay.newNumber(), fullMode, uid, gid, device);
        this.overlay = overlay;
        this.below = null;
    }

    /// A node that is below.
    OverlayNode(OverlaySuperBlock overlay, Below below) {
        super(
                overlay,
                below.status().inodeNumber(),
                below.status().mode(),
                below.status().uid(),
                below.status().gid(),
                below.status().rdev());
        this.overlay = overlay;
        this.below = below;
        below.copyTo(this);
    }

    @Override
    protected void evict() {
        Below lower = below;
        if (lower != null) {
            overlay.forget(lower);
        }
    }
}
