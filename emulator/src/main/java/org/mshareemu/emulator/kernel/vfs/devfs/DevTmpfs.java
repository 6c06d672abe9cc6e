package org.mshareemu.emulator.kernel.vfs.devfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.MountRequest;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.tmpfs.TmpfsType;

/// What is mounted on /dev: a tmpfs with the nodes already in it, the same one at every mount.
///
/// Linux: drivers/base/devtmpfs.c
public final class DevTmpfs implements FileSystemType {
    private static final TmpfsType STORE = new TmpfsType("devtmpfs", MountFlags.TMPFS_MAGIC);
    private static final int EVERYBODY = 0x1b6;
    private static final int OWNER = 0x180;

    private @Nullable SuperBlock instance;

    @Override
    public String name() {
        return STORE.name();
    }

    @Override
    public SuperBlock mount(MountRequest request) throws ErrnoException {
        SuperBlock known = instance;
        if (known == null || !known.isAlive()) {
            MountRequest plain =
                    new MountRequest(
                            request.vfs(),
                            "devtmpfs",
                            "mode=755",
                            request.flags(),
                            request.caller());
            known = STORE.mount(plain);
            populate(known.root(), request.caller());
            instance = known;
        }
        return known;
    }

    private static void populate(Dentry dev, CallerContext caller) throws ErrnoException {
        node(dev, "null", EVERYBODY, MemoryDevices.NULL, caller);
        node(dev, "zero", EVERYBODY, MemoryDevices.ZERO, caller);
        node(dev, "full", EVERYBODY, MemoryDevices.FULL, caller);
        node(dev, "random", EVERYBODY, MemoryDevices.RANDOM, caller);
        node(dev, "urandom", EVERYBODY, MemoryDevices.URANDOM, caller);
        node(dev, "kmsg", 0x1a4, MemoryDevices.KMSG, caller);
        node(dev, "tty", EVERYBODY, Console.TTY, caller);
        node(dev, "console", OWNER, Console.CONSOLE, caller);
        for (String directory : new String[] {"pts", "shm", "mqueue"}) {
            dev.add(directory, dev.inode().mkdir(dev, directory, Stat.S_IFDIR | 0x1ed, caller));
        }
        link(dev, "fd", "/proc/self/fd", caller);
        link(dev, "stdin", "/proc/self/fd/0", caller);
        link(dev, "stdout", "/proc/self/fd/1", caller);
        link(dev, "stderr", "/proc/self/fd/2", caller);
    }

    private static void node(
            Dentry dev, String name, int permissions, long device, CallerContext caller)
            throws ErrnoException {
        dev.add(name, dev.inode().mknod(dev, name, Stat.S_IFCHR | permissions, device, caller));
    }

    private static void link(Dentry dev, String name, String target, CallerContext caller)
            throws ErrnoException {
        dev.add(name, dev.inode().symlink(dev, name, target, caller));
    }
}
