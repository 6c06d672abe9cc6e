package org.mshareemu.emulator.kernel.vfs.devfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.DeviceTable;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.MemoryDirectory;
import org.mshareemu.emulator.kernel.vfs.Mount;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;

/// The machine's standard streams: descriptors 0 to 2 of the first process, and /dev/tty and
/// /dev/console.
public final class Console {
    /// Device numbers of /dev/tty and /dev/console.
    static final long TTY = Stat.makeDevice(5, 0);

    static final long CONSOLE = Stat.makeDevice(5, 1);

    /// Number of the terminal behind a [ConsoleEndpoint.Kind#TERMINAL]: pts/0.
    private static final long PTS_0 = Stat.makeDevice(136, 0);

    private final Vfs vfs;
    private @Nullable Mount mount;

    public Console(Vfs vfs) {
        this.vfs = vfs;
    }

    /// Registers /dev/tty and /dev/console: the terminal among the endpoints, if there is one.
    public void registerTerminal(@Nullable ConsoleEndpoint terminal) {
        DeviceTable devices = vfs.devices();
        FileOperations operations =
                terminal == null ? new NoTerminal() : new ConsoleOperations(terminal);
        devices.register(TTY, operations);
        devices.register(CONSOLE, operations);
    }

    /// Opens an endpoint as a file with one holder.
    ///
    /// @param flags O_RDONLY, O_WRONLY or O_RDWR
    public OpenFile open(ConsoleEndpoint endpoint, int flags, CallerContext caller)
            throws ErrnoException {
        Mount console = mount();
        ConsoleInode inode = new ConsoleInode(console.superBlock(), endpoint);
        String name =
                switch (endpoint.kind()) {
                    case TERMINAL -> "/dev/pts/0";
                    case PIPE -> "pipe:[" + inode.number() + "]";
                    case FILE -> "/dev/stdin";
                    case NULL_DEVICE -> "/dev/null";
                };
        return vfs.anonymousFiles()
                .open(console, name, inode, inode.operations, null, flags, caller);
    }

    /// Makes descriptors 0, 1 and 2 of a table that has none of them.
    public void install(
            FileTable files,
            ConsoleEndpoint input,
            ConsoleEndpoint output,
            ConsoleEndpoint error,
            CallerContext caller)
            throws ErrnoException {
        files.add(open(input, readFlags(input), caller), FileTable.OnExec.KEEP, 1);
        files.add(open(output, writeFlags(output), caller), FileTable.OnExec.KEEP, 2);
        files.add(open(error, writeFlags(error), caller), FileTable.OnExec.KEEP, 3);
    }

    private static int readFlags(ConsoleEndpoint endpoint) {
        return endpoint.kind() == ConsoleEndpoint.Kind.TERMINAL ? Fcntl.O_RDWR : Fcntl.O_RDONLY;
    }

    private static int writeFlags(ConsoleEndpoint endpoint) {
        return endpoint.kind() == ConsoleEndpoint.Kind.TERMINAL ? Fcntl.O_RDWR : Fcntl.O_WRONLY;
    }

    private Mount mount() {
        Mount known = mount;
        if (known == null) {
            known = vfs.namespace().internalMount(new ConsoleSuperBlock(vfs), "console");
            mount = known;
        }
        return known;
    }

    private static final class ConsoleSuperBlock extends SuperBlock {
        ConsoleSuperBlock(Vfs vfs) {
            super(vfs, "console", MountFlags.DEVPTS_SUPER_MAGIC, 0);
            setRoot(new MemoryDirectory(this, 1, Stat.S_IFDIR, 0, 0));
        }

        @Override
        public String dynamicName(Dentry dentry) {
            return dentry.name();
        }
    }

    private static final class ConsoleInode extends Inode {
        private final ConsoleEndpoint endpoint;
        private final ConsoleOperations operations;

        ConsoleInode(SuperBlock superBlock, ConsoleEndpoint endpoint) {
            super(
                    superBlock,
                    superBlock.vfs().nextInodeNumber(),
                    modeOf(endpoint),
                    0,
                    0,
                    1,
                    deviceOf(endpoint));
            this.endpoint = endpoint;
            this.operations = new ConsoleOperations(endpoint);
        }

        private static int modeOf(ConsoleEndpoint endpoint) {
            return switch (endpoint.kind()) {
                case TERMINAL -> Stat.S_IFCHR | 0x190;
                case PIPE -> Stat.S_IFIFO | 0x180;
                case FILE -> Stat.S_IFREG | 0x1a4;
                case NULL_DEVICE -> Stat.S_IFCHR | 0x1b6;
            };
        }

        private static long deviceOf(ConsoleEndpoint endpoint) {
            return switch (endpoint.kind()) {
                case TERMINAL -> PTS_0;
                case NULL_DEVICE -> MemoryDevices.NULL;
                case PIPE, FILE -> 0;
            };
        }

        @Override
        public long sizeBytes() {
            return endpoint.sizeBytes();
        }

        @Override
        public FileOperations fileOperations() {
            return operations;
        }
    }

    /// /dev/tty of a process without a controlling terminal.
    private static final class NoTerminal implements FileOperations {
        @Override
        public void open(OpenFile file, CallerContext caller) throws ErrnoException {
            throw Errno.ENXIO.exception();
        }
    }
}
