package org.mshareemu.emulator.kernel.vfs.sysfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.pseudo.ListedDirectory;

import java.util.List;
import java.util.Map;

/// A directory of /sys.
final class SysDirectory extends ListedDirectory {
    private final SysNode.Directory node;

    SysDirectory(SuperBlock superBlock, SysNode.Directory node) {
        super(superBlock, node.number(), node.permissions(), 0, 0, 2);
        this.node = node;
    }

    @Override
    public long linkCount() {
        return node.linkCount();
    }

    @Override
    public @Nullable Inode lookup(Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        return switch (node.find(name)) {
            case null -> null;
            case SysNode.Directory found -> new SysDirectory(superBlock(), found);
            case SysNode.Attribute found -> new SysFile(superBlock(), found);
        };
    }

    @Override
    protected void list(long from, Lister lister, CallerContext caller) throws ErrnoException {
        List<Map.Entry<String, SysNode>> entries = node.entries();
        for (int at = (int) (from - FIRST); at < entries.size(); at++) {
            Map.Entry<String, SysNode> entry = entries.get(at);
            SysNode child = entry.getValue();
            int type = child instanceof SysNode.Directory ? Stat.S_IFDIR : Stat.S_IFREG;
            if (!lister.offer(entry.getKey(), child.number(), type, FIRST + at + 1)) {
                return;
            }
        }
    }
}
