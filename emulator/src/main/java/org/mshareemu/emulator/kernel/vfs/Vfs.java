package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.PageSource;
import org.mshareemu.emulator.kernel.time.Clock;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The file side of one machine: file-system types, drivers, the mount tree and the counters that
/// tell whether anything was left open.
public final class Vfs {
    private final Clock clock;
    private final FrameAllocator frames;
    private final FrameTable frameTable;
    private final PhysicalMemory memory;
    private final Map<String, FileSystemType> types = new LinkedHashMap<>();
    private final DeviceTable devices = new DeviceTable();
    private final MountNamespace namespace;
    private final PathLookup paths;
    private final AnonymousFiles anonymousFiles;
    private @Nullable FileOperations fifoOperations;
    private int nextAnonymousMinor = 1;
    private int nextInode = 1;
    private int openFiles;

    public Vfs(Clock clock, FrameAllocator frames, FrameTable frameTable, PhysicalMemory memory) {
        this.clock = clock;
        this.frames = frames;
        this.frameTable = frameTable;
        this.memory = memory;
        this.namespace = new MountNamespace(this);
        this.paths = new PathLookup(this);
        this.anonymousFiles = new AnonymousFiles(this);
    }

    public Clock clock() {
        return clock;
    }

    public FrameAllocator frames() {
        return frames;
    }

    public PhysicalMemory memory() {
        return memory;
    }

    /// The mount tree.
    public MountNamespace namespace() {
        return namespace;
    }

    /// Path lookup.
    public PathLookup paths() {
        return paths;
    }

    /// Character-device drivers.
    public DeviceTable devices() {
        return devices;
    }

    /// Files without a name in the tree: pipes, eventfd and the like.
    public AnonymousFiles anonymousFiles() {
        return anonymousFiles;
    }

    /// An empty page cache over the machine's frames.
    public PageCache newPageCache(PageSource source) {
        return new PageCache(frames, frameTable, memory, source);
    }

    /// Makes a type mountable. Linux: register_filesystem()
    public void register(FileSystemType type) {
        if (types.putIfAbsent(type.name(), type) != null) {
            throw new KernelBug("file system registered twice: " + type.name());
        }
    }

    /// The type of that name or null. Linux: get_fs_type()
    public @Nullable FileSystemType type(String name) {
        return types.get(name);
    }

    /// All types in the order of registration, as /proc/filesystems lists them.
    public List<FileSystemType> types() {
        return List.copyOf(types.values());
    }

    /// What FIFOs do when opened; set once by the room of pipes.
    public void setFifoOperations(FileOperations operations) {
        fifoOperations = operations;
    }

    /// The operations of a FIFO, device or socket node. Linux: init_special_inode()
    ///
    /// @return null for sockets (and FIFOs of a machine without pipes), which cannot be opened
    public @Nullable FileOperations specialOperations(int mode, long device) {
        return switch (mode & Stat.S_IFMT) {
            case Stat.S_IFIFO -> fifoOperations;
            case Stat.S_IFCHR -> {
                FileOperations driver = devices.find(device);
                yield driver == null ? DeviceTable.UNKNOWN : driver;
            }
            case Stat.S_IFBLK -> DeviceTable.UNKNOWN;
            default -> null;
        };
    }

    /// A device number for a file system without a device. Linux: get_anon_bdev()
    public long nextAnonymousDevice() {
        return Stat.makeDevice(0, nextAnonymousMinor++);
    }

    /// Linux: get_next_ino()
    public long nextInodeNumber() {
        return nextInode++;
    }

    void fileOpened() {
        openFiles++;
    }

    void fileClosed() {
        openFiles--;
    }

    /// Open files there are, those held only by mappings included.
    public int openFileCount() {
        return openFiles;
    }

    /// A kernel mount of a type, by the super-user's authority.
    public SuperBlock mountByKernel(
            FileSystemType type, String source, String options, CallerContext caller)
            throws ErrnoException {
        return type.mount(new MountRequest(this, source, options, MountFlags.MS_SILENT, caller));
    }

    /// Gives back the memory of all mounted file systems that can be had again. Linux:
    /// shrink_slab()
    public void shrink() {
        for (Mount mount : namespace.mounts()) {
            mount.superBlock().shrink();
        }
    }

    /// Who the kernel is when nobody asked.
    public static Credentials kernelCredentials() {
        return Credentials.ROOT;
    }

    /// Unmounts everything; all frames of files are free afterwards if no file is open.
    public void close() {
        namespace.detachAll();
        anonymousFiles.close();
        namespace.releaseInternal();
    }
}
