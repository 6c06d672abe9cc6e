package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.vfs.FileIo;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.KernelIov;
import org.mshareemu.emulator.kernel.vfs.NameChanges;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Opening;
import org.mshareemu.emulator.kernel.vfs.PathLookup;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;
import org.mshareemu.emulator.kernel.vfs.devfs.Console;
import org.mshareemu.emulator.kernel.vfs.devfs.DevTmpfs;
import org.mshareemu.emulator.kernel.vfs.devfs.MemoryDevices;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcFileSystem;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcViews;
import org.mshareemu.emulator.kernel.vfs.procfs.StandardSettings;
import org.mshareemu.emulator.kernel.vfs.procfs.SysctlTable;
import org.mshareemu.emulator.kernel.vfs.sysfs.SysFileSystem;
import org.mshareemu.emulator.kernel.vfs.tmpfs.TmpfsType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files a machine begins with: the root and what is mounted on it.
final class BootFiles {
    private static final String SYSFS = "/sys";
    private static final int DIRECTORY_MODE = 0755;
    private static final int OPEN_TO_ALL_MODE = 01777;

    private final Kernel kernel;
    private final Vfs vfs;
    private final BootCaller caller = new BootCaller();
    private final NameChanges names;
    private final Console console;
    private final MachineAsSystem system;
    private final SysFileSystem sysfs;

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
    void mountAll() {
        vfs.register(TmpfsType.TMPFS);
        vfs.register(TmpfsType.RAMFS);
        DevTmpfs devices = new DevTmpfs();
        vfs.register(devices);
        ProcFileSystem processes = procfs();
        vfs.register(processes);
        vfs.register(sysfs);
        MemoryDevices.register(vfs, kernel.random());
        try {
            vfs.namespace().mountRoot(superBlock(TmpfsType.TMPFS, "mode=755"), "rootfs", 0);
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

    /// Shows a host file or directory in the guest.
    void bind(Bind bind) throws IOException {
        addFile(bind.guestPath(), Files.readAllBytes(bind.host()), modeOf(bind.host()));
    }

    private static int modeOf(Path host) {
        return Files.isExecutable(host) ? 0755 : 0644;
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
