package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.AttributeChange;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.Permissions;
import org.mshareemu.emulator.kernel.vfs.pseudo.Content;
import org.mshareemu.emulator.kernel.vfs.pseudo.ContentFile;

import java.nio.charset.StandardCharsets;

/// A file of /proc/sys. Linux: fs/proc/proc_sysctl.c
final class SysctlFile extends ContentFile {
    private static final int READABLE = 0x124;
    private static final int WRITABLE = 0x1a4;
    private static final int OWNER_SHIFT = 6;

    SysctlFile(ProcSuperBlock superBlock, SysctlEntry entry) {
        super(
                superBlock,
                superBlock.nextFixedNumber(),
                entry.isWritable() ? WRITABLE : READABLE,
                0,
                0,
                new Setting(entry));
    }

    /// Root is held to the mode too: no capability opens what is read-only. Linux: test_perm()
    @Override
    public void permission(int mask, CallerContext caller) throws ErrnoException {
        int granted = mode();
        if (caller.credentials().euid() == 0) {
            granted >>>= OWNER_SHIFT;
        } else if (caller.credentials().isInGroup(0)) {
            granted >>>= OWNER_SHIFT / 2;
        }
        int wanted = mask & (Permissions.MAY_READ | Permissions.MAY_WRITE | Permissions.MAY_EXEC);
        if ((wanted & ~granted) != 0) {
            throw Errno.EACCES.exception();
        }
    }

    /// Linux: proc_sys_setattr()
    @Override
    public void setattr(Dentry dentry, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        if (change.hasAny(AttributeChange.MODE | AttributeChange.UID | AttributeChange.GID)) {
            throw Errno.EPERM.exception();
        }
        super.setattr(dentry, change, caller);
    }

    /// What the file says.
    private record Setting(SysctlEntry entry) implements Content {
        @Override
        public byte[] read(CallerContext caller) {
            return Content.bytes(entry.read() + "\n");
        }

        @Override
        public Ending ending() {
            return Ending.INODE_SIZE;
        }

        /// Writing anywhere but at the start changes nothing. Linux: SYSCTL_WRITES_STRICT
        @Override
        public int write(byte[] bytes, long position, CallerContext caller) throws ErrnoException {
            return position == 0
                    ? entry.write(new String(bytes, StandardCharsets.ISO_8859_1))
                    : bytes.length;
        }
    }
}
