package org.mshareemu.emulator.kernel.vfs.sysfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Permissions;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.pseudo.Content;
import org.mshareemu.emulator.kernel.vfs.pseudo.ContentFile;

/// An attribute of /sys. Linux: fs/sysfs/file.c
final class SysFile extends ContentFile {
    private static final int READABLE = 0x124;
    private static final int PAGE_BYTES = 4096;

    SysFile(SuperBlock superBlock, SysNode.Attribute node) {
        super(superBlock, node.number(), READABLE, 0, 0, new Text(node));
        setSize(PAGE_BYTES);
    }

    /// Nobody writes what has no operation for it, root included. Linux: kernfs_fop_open()
    @Override
    public void permission(int mask, CallerContext caller) throws ErrnoException {
        int opening = Permissions.MAY_OPEN | Permissions.MAY_WRITE;
        if ((mask & opening) == opening) {
            throw Errno.EACCES.exception();
        }
        super.permission(mask, caller);
    }

    private record Text(SysNode.Attribute node) implements Content {
        @Override
        public byte[] read(CallerContext caller) {
            return Content.bytes(node.text().get());
        }

        @Override
        public Ending ending() {
            return Ending.INODE_SIZE;
        }
    }
}
