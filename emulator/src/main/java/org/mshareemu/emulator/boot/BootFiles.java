package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.vfs.FileIo;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.KernelIov;
import org.mshareemu.emulator.kernel.vfs.Mount;
import org.mshareemu.emulator.kernel.vfs.NameChanges;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Opening;
import org.mshareemu.emulator.kernel.vfs.PathLookup;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;
import org.mshareemu.emulator.kernel.vfs.devfs.Console;
import org.mshareemu.emulator.kernel.vfs.devfs.DevTmpfs;
import org.mshareemu.emulator.kernel.vfs.devfs.MemoryDevices;
import org.mshareemu.emulator.kernel.vfs.hostfs.HostAccess;
import org.mshareemu.emulator.kernel.vfs.hostfs.HostSuperBlock;
import org.mshareemu.emulator.kernel.vfs.overlay.OverlaySuperBlock;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcFileSystem;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcViews;
import org.mshareemu.emulator.kernel.vfs.procfs.StandardSettings;
import org.mshareemu.emulator.kernel.vfs.procfs.SysctlTable;
import org.mshareemu.emulator.kernel.vfs.sysfs.SysFileSystem;
import org.mshareemu.emulator.kernel.vfs.tmpfs.TmpfsType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The files a machine begins with: the root and what is mounted on it.
final class BootFiles {
    private static final String SYSFS = "/sys";
    private static final int DIRECTORY_MODE = 0755;
    private static final int OPEN_TO_ALL_MODE = 01777;
    private static final int FILE_MODE = 0644;

    private final Kernel kernel;
    private final Vfs vfs;
    private final BootCaller caller = new BootCaller();
    private final NameChanges names;
    private final Console console;
    private final MachineAsSystem system;
    private final SysFileSystem sysfs;

    /// What is bound where, to bind nothing twice.
    private final Map<String, BoundFile> bound = new HashMap<>();

    /// A bind that was made.
    private record BoundFile(Bind bind, Mount mount) {}

    BootFiles(Kernel kernel, MachineAsSystem system) {
        this.kernel = kernel;
        this.vfs = kernel.vfs();
        this.names = new NameChanges(vfs);
        this.console = new Console(vfs);
        this.system = system;
        this.sysfs = new SysFileSystem(kernel.cpuCount());
    }

    BootCaller caller() {
        return caller;
    }

    Console console() {
        return console;
    }

    /// Registers file systems and devices and mounts the initial tree.
    ///
    /// @param root host directory that is the root, or null for an empty root in memory
    void mountAll(@Nullable Path root) {
        vfs.register(TmpfsType.TMPFS);
        vfs.register(TmpfsType.RAMFS);
        DevTmpfs devices = new DevTmpfs();
        vfs.register(devices);
        ProcFileSystem processes = procfs();
        vfs.register(processes);
        vfs.register(sysfs);
        MemoryDevices.register(vfs, kernel.random());
        try {
            mountRoot(root);
            caller.setFs(new FsContext(vfs.namespace().rootPath(), vfs.namespace().rootPath(), 0));
            mount("/dev", devices, "");
            mount("/dev/shm", TmpfsType.TMPFS, "mode=1777");
            mount("/proc", processes, "");
            mount(SYSFS, sysfs, "");
            makeDirectory("/tmp", OPEN_TO_ALL_MODE);
        } catch (ErrnoException failure) {
            throw new KernelBug("the initial files cannot be made", failure);
        }
    }

    private void mountRoot(@Nullable Path root) throws ErrnoException {
        if (root == null) {
            SuperBlock memory = superBlock(TmpfsType.TMPFS, "mode=755");
            vfs.namespace().mountRoot(memory, "rootfs", MountFlags.MS_RELATIME);
            return;
        }
        try {
            SuperBlock lower = HostSuperBlock.of(vfs, root, HostAccess.READ_ONLY);
            vfs.namespace()
                    .mountRoot(
                            OverlaySuperBlock.over(vfs, lower), "overlay", MountFlags.MS_RELATIME);
        } catch (IOException failure) {
            throw new IllegalArgumentException("cannot use as root: " + root, failure);
        }
    }

    private ProcFileSystem procfs() {
        ProcViews views = new ProcViews(new ProcessTable(kernel), system, system, system);
        SysctlTable settings = StandardSettings.table(system, vfs);
        return new ProcFileSystem(views, settings);
    }

    private SuperBlock superBlock(FileSystemType type, String options) throws ErrnoException {
        return vfs.mountByKernel(type, type.name(), options, caller);
    }

    private void mount(String path, FileSystemType type, String options) throws ErrnoException {
        makeDirectory(path, DIRECTORY_MODE);
        vfs.namespace()
                .mount(
                        superBlock(type, options),
                        type.name(),
                        vfs.paths().resolve(caller, path, PathLookup.FOLLOW),
                        0);
    }

    /// An empty directory of sysfs for a plugin to mount on.
    ///
    /// @param path below /sys
    void addMountPoint(String path) {
        sysfs.createMountPoint(path);
    }

    private void makeDirectories(String path) throws ErrnoException {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            makeDirectory(path.substring(0, slash), DIRECTORY_MODE);
        }
        makeDirectory(path, DIRECTORY_MODE);
    }

    private void makeDirectory(String path, int mode) throws ErrnoException {
        try {
            names.mkdir(caller, null, path, mode);
        } catch (ErrnoException failure) {
            if (failure.errno() != Errno.EEXIST) {
                throw failure;
            }
        }
    }

    /// Shows a host file or directory in the guest, instead of what was bound at that place before.
    void bind(Bind bind) throws IOException {
        BoundFile before = bound.get(bind.guestPath());
        if (before != null && before.bind().equals(bind)) {
            return;
        }
        HostAccess access =
                bind.access() == Bind.Access.READ_WRITE
                        ? HostAccess.READ_WRITE
                        : HostAccess.READ_ONLY;
        HostSuperBlock host = HostSuperBlock.of(vfs, bind.host(), access);
        try {
            if (before != null) {
                vfs.namespace().umount(before.mount(), MountFlags.MNT_DETACH);
            }
            if (host.root().inode().isDirectory()) {
                makeDirectories(bind.guestPath());
            } else {
                makePlace(bind.guestPath());
            }
            org.mshareemu.emulator.kernel.vfs.Path place =
                    vfs.paths().resolve(caller, bind.guestPath(), PathLookup.FOLLOW);
            long flags = MountFlags.MS_RELATIME | MountFlags.MS_NODEV | MountFlags.MS_NOSUID;
            Mount mount = vfs.namespace().mount(host, bind.host().toString(), place, flags);
            bound.put(bind.guestPath(), new BoundFile(bind, mount));
        } catch (ErrnoException failure) {
            throw new IOException(bind.guestPath() + ": " + failure.errno(), failure);
        }
    }

    /// A file to bind something on, with the directories above it.
    private void makePlace(String path) throws ErrnoException {
        makeDirectories(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
        Opening.open(vfs, caller, null, path, Fcntl.O_RDONLY | Fcntl.O_CREAT, FILE_MODE, 0)
                .release();
    }

    /// Makes a file in memory, with the directories above it.
    void addFile(String path, byte[] content, int mode) {
        try {
            makeDirectories(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
            OpenFile file =
                    Opening.open(
                            vfs,
                            caller,
                            null,
                            path,
                            Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_TRUNC,
                            mode,
                            0);
            try {
                KernelIov source = new KernelIov(content, 0, content.length);
                while (source.count() > 0) {
                    FileIo.write(file, source, caller);
                }
            } finally {
                file.release();
            }
        } catch (ErrnoException failure) {
            throw new KernelBug("file " + path + " cannot be made", failure);
        }
    }

    /// Gives back what is held of the tree.
    void close() {
        caller.release();
    }
}
