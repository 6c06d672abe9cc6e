package org.mshareemu.emulator.kernel.vfs.overlay;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.FileStatus;
import org.mshareemu.emulator.kernel.vfs.FileSystemStatus;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.Mount;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;

import java.util.HashMap;
import java.util.Map;

/// One union of a lower file system and memory.
public final class OverlaySuperBlock extends SuperBlock {
    /// Inode numbers of new files begin here, above those of the lower file system.
    private static final long FIRST_NEW_NUMBER = 1L << 40;

    private final Mount lowerMount;

    /// Inodes of lower files with several names, so that they stay one file.
    private final Map<Inode, Inode> linked = new HashMap<>();

    private long nextNumber = FIRST_NEW_NUMBER;

    private OverlaySuperBlock(Vfs vfs, Mount lowerMount) throws ErrnoException {
        super(vfs, "overlay", MountFlags.OVERLAYFS_SUPER_MAGIC, 0);
        this.lowerMount = lowerMount;
        lowerMount.acquire();
        setRoot(new OverlayDirectory(this, Below.of(lowerMount.root())));
    }

    /// A union over a whole file system.
    ///
    /// @throws ErrnoException what the lower file system says about its root
    public static OverlaySuperBlock over(Vfs vfs, SuperBlock lower) throws ErrnoException {
        return new OverlaySuperBlock(vfs, vfs.namespace().internalMount(lower, "lower"));
    }

    Mount lowerMount() {
        return lowerMount;
    }

    long newNumber() {
        return nextNumber++;
    }

    /// The inode for an entry found below.
    Inode wrap(Dentry lower) throws ErrnoException {
        Inode known = linked.get(lower.inode());
        if (known != null) {
            return known;
        }
        Below below = Below.of(lower);
        FileStatus status = below.status();
        Inode made =
                switch (status.mode() & Stat.S_IFMT) {
                    case Stat.S_IFDIR -> new OverlayDirectory(this, below);
                    case Stat.S_IFREG -> new OverlayFile(this, below);
                    case Stat.S_IFLNK -> new OverlaySymlink(this, below);
                    default -> new OverlayNode(this, below);
                };
        if (status.linkCount() > 1 && !made.isDirectory()) {
            linked.put(lower.inode(), made);
        }
        return made;
    }

    void forget(Below below) {
        linked.remove(below.dentry().inode());
        below.release();
    }

    @Override
    public FileSystemStatus statfs() throws ErrnoException {
        FileSystemStatus lower = lowerMount.superBlock().statfs();
        return new FileSystemStatus(
                magic(),
                lower.blockSizeBytes(),
                lower.blocks(),
                lower.freeBlocks(),
                lower.availableBlocks(),
                lower.files(),
                lower.freeFiles(),
                device(),
                lower.nameLength(),
                lower.fragmentBytes());
    }

    @Override
    public void shrink() {
        lowerMount.superBlock().shrink();
    }

    @Override
    protected void shutDown() {
        lowerMount.release();
    }
}
