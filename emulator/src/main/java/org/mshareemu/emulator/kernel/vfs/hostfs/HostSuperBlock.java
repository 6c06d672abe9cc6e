package org.mshareemu.emulator.kernel.vfs.hostfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.FileSystemStatus;
import org.mshareemu.emulator.kernel.vfs.Names;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A part of the host's file tree: a directory with all below it, or a single file.
public final class HostSuperBlock extends SuperBlock {
    private final Path hostRoot;
    private final boolean writable;
    private final Map<HostAttributes.Key, HostInode> inodes = new LinkedHashMap<>();

    private HostSuperBlock(Vfs vfs, Path hostRoot, HostAccess access, HostAttributes attributes) {
        long flags = access == HostAccess.READ_ONLY ? MountFlags.MS_RDONLY : 0;
        super(vfs, "hostfs", MountFlags.EXT4_SUPER_MAGIC, flags);
        this.hostRoot = hostRoot;
        this.writable = access == HostAccess.READ_WRITE;
        setRoot(inode(attributes, null, ""));
    }

    /// Shows a file or directory of the host.
    ///
    /// @param host may be a symbolic link itself, which is resolved now and not again
    /// @throws IOException if it is not there or cannot be read
    public static HostSuperBlock of(Vfs vfs, Path host, HostAccess access) throws IOException {
        Path real = host.toRealPath();
        return new HostSuperBlock(vfs, real, access, HostAttributes.read(real));
    }

    Path hostRoot() {
        return hostRoot;
    }

    boolean isWritable() {
        return writable;
    }

    /// The inode of a host file: the one there is, or a new one.
    HostInode inode(HostAttributes attributes, @Nullable HostDirectory parent, String name) {
        HostInode known = inodes.get(attributes.key());
        if (known != null && known.type() == (attributes.mode() & Stat.S_IFMT)) {
            known.locate(parent, name);
            known.refresh(attributes);
            return known;
        }
        HostInode made =
                switch (attributes.mode() & Stat.S_IFMT) {
                    case Stat.S_IFDIR -> new HostDirectory(this, attributes, parent, name);
                    case Stat.S_IFREG -> new HostFile(this, attributes, parent, name);
                    default -> new HostNode(this, attributes, parent, name);
                };
        made.refresh(attributes);
        inodes.put(attributes.key(), made);
        return made;
    }

    void forget(HostInode inode) {
        inodes.remove(inode.key(), inode);
    }

    @Override
    public FileSystemStatus statfs() throws ErrnoException {
        try {
            FileStore store = Files.getFileStore(hostRoot);
            long block = 4096;
            return new FileSystemStatus(
                    magic(),
                    block,
                    store.getTotalSpace() / block,
                    store.getUnallocatedSpace() / block,
                    store.getUsableSpace() / block,
                    1 << 20,
                    1 << 19,
                    device(),
                    Names.NAME_MAX,
                    block);
        } catch (IOException e) {
            throw HostErrors.of(e);
        }
    }

    @Override
    public void sync() throws ErrnoException {
        for (HostInode inode : List.copyOf(inodes.values())) {
            if (inode instanceof HostFile file) {
                file.writeBack();
            }
        }
    }

    /// Pages of files nobody has open can be read again.
    @Override
    public void shrink() {
        for (HostInode inode : List.copyOf(inodes.values())) {
            if (inode instanceof HostFile file && file.users() == 0) {
                file.dropPages();
            }
        }
    }
}
