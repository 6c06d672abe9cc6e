package org.mshareemu.emulator.kernel.vfs.sysfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.MountRequest;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;

import java.util.function.Supplier;

/// `sysfs`: one tree, shown by every mount of it. It can be added to before and after it is
/// mounted.
public final class SysFileSystem implements FileSystemType {
    private static final int ROOT = 0x16d;
    private static final int DIRECTORY = 0x1ed;
    private static final int MOUNT_POINT = 0x16d;

    private final SysNode.Directory root = new SysNode.Directory(1, ROOT);
    private long nextNumber = 2;
    private @Nullable SuperBlock instance;

    /// The tree of a machine.
    ///
    /// @param cpuCount its processors, all online
    public SysFileSystem(int cpuCount) {
        SysContents.fill(this, cpuCount);
    }

    @Override
    public String name() {
        return "sysfs";
    }

    @Override
    public SuperBlock mount(MountRequest request) throws ErrnoException {
        if (!request.options().isEmpty()) {
            throw Errno.EINVAL.exception();
        }
        SuperBlock known = instance;
        if (known == null || !known.isAlive()) {
            known = new SysSuperBlock(request.vfs(), root, request.flags());
            instance = known;
        }
        return known;
    }

    /// An empty directory on which a file system may be mounted; directories above it are made if
    /// they are missing, and a directory that is there already stays. Linux:
    /// sysfs_create_mount_point()
    ///
    /// @param path below /sys, such as "fs/mshare"; a leading "/sys/" is taken off
    public void createMountPoint(String path) {
        makeDirectory(below(path), MOUNT_POINT);
    }

    /// A directory, with those above it. Linux: kobject_create_and_add()
    ///
    /// @param path below /sys
    public void createDirectory(String path) {
        makeDirectory(below(path), DIRECTORY);
    }

    /// A readable attribute, with the directories above it. Linux: sysfs_create_file()
    ///
    /// @param path below /sys
    /// @param text its content, newline included
    public void createFile(String path, Supplier<String> text) {
        String name = below(path);
        int slash = name.lastIndexOf('/');
        SysNode.Directory directory =
                slash < 0 ? root : makeDirectory(name.substring(0, slash), DIRECTORY);
        directory.add(name.substring(slash + 1), new SysNode.Attribute(nextNumber++, text));
    }

    private static String below(String path) {
        String name = path.startsWith("/sys/") ? path.substring("/sys/".length()) : path;
        if (name.isEmpty() || name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
            throw new KernelBug("no path below /sys: " + path);
        }
        return name;
    }

    private SysNode.Directory makeDirectory(String path, int permissions) {
        SysNode.Directory at = root;
        String[] names = path.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            SysNode next = at.find(names[i]);
            if (next == null) {
                int own = i == names.length - 1 ? permissions : DIRECTORY;
                next = new SysNode.Directory(nextNumber++, own);
                at.add(names[i], next);
            }
            if (!(next instanceof SysNode.Directory directory)) {
                throw new KernelBug("not a directory of /sys: " + path);
            }
            at = directory;
        }
        return at;
    }

    private static final class SysSuperBlock extends SuperBlock {
        SysSuperBlock(Vfs vfs, SysNode.Directory root, long flags) {
            super(vfs, "sysfs", MountFlags.SYSFS_MAGIC, flags);
            setRoot(new SysDirectory(this, root));
        }
    }
}
