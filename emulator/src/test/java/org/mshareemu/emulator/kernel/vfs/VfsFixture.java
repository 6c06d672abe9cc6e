package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.time.Clock;
import org.mshareemu.emulator.kernel.vfs.tmpfs.TmpfsType;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A file side without a machine around it: a tmpfs root and a caller. Closing it fails if a file,
/// a mount or a frame is left.
public final class VfsFixture implements AutoCloseable {
    private static final long MEMORY_BYTES = 64L << 20;

    /// A clock that moves by a microsecond whenever somebody looks.
    private static final class TickingClock implements Clock {
        private long nanos;

        @Override
        public long monotonicNanos() {
            nanos += 1000;
            return nanos;
        }

        @Override
        public long realtimeNanos() {
            return 1_700_000_000_000_000_000L + monotonicNanos();
        }
    }

    private final PhysicalMemory memory = PhysicalMemory.reserve(MEMORY_BYTES);
    private final FrameTable frameTable = FrameTable.reserve(memory.frameCount());
    private final FrameAllocator frames = new FrameAllocator(memory, frameTable, Checking.ON);
    private final long freeAtStart = frames.freeFrames();
    private final Vfs vfs = new Vfs(new TickingClock(), frames, frameTable, memory);
    private final NameChanges names = new NameChanges(vfs);
    private final TestCaller caller = new TestCaller();

    /// A machine whose root is a tmpfs.
    public VfsFixture() {
        vfs.register(TmpfsType.TMPFS);
        try {
            mountRoot(vfs.mountByKernel(TmpfsType.TMPFS, "root", "", caller));
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    private void mountRoot(SuperBlock root) {
        vfs.namespace().mountRoot(root, "root", 0);
        Path top = vfs.namespace().rootPath();
        caller.setFs(new FsContext(top, top, 022));
    }

    public Vfs vfs() {
        return vfs;
    }

    public FrameAllocator frames() {
        return frames;
    }

    public NameChanges names() {
        return names;
    }

    public TestCaller caller() {
        return caller;
    }

    public Path resolve(String path) throws ErrnoException {
        return vfs.paths().resolve(caller, path, 0);
    }

    public FileStatus lstat(String path) throws ErrnoException {
        return resolve(path).inode().getattr();
    }

    public OpenFile open(String path, int flags) throws ErrnoException {
        return Opening.open(vfs, caller, null, path, flags, 0666, 0);
    }

    public void mkdir(String path) throws ErrnoException {
        names.mkdir(caller, null, path, 0777);
    }

    public void symlink(String target, String path) throws ErrnoException {
        names.symlink(caller, target, null, path);
    }

    public void link(String from, String path) throws ErrnoException {
        names.link(caller, resolve(from), null, path);
    }

    public void unlink(String path) throws ErrnoException {
        names.unlink(caller, null, path);
    }

    public void rmdir(String path) throws ErrnoException {
        names.rmdir(caller, null, path);
    }

    public void rename(String from, String to, int flags) throws ErrnoException {
        names.rename(caller, null, from, null, to, flags);
    }

    /// Makes or replaces a file.
    public void write(String path, String content) throws ErrnoException {
        OpenFile file = open(path, Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_TRUNC);
        try {
            write(file, content);
        } finally {
            file.release();
        }
    }

    public long write(OpenFile file, String content) throws ErrnoException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        return FileIo.write(file, new KernelIov(bytes, 0, bytes.length), caller);
    }

    public String read(String path) throws ErrnoException {
        OpenFile file = open(path, Fcntl.O_RDONLY);
        try {
            return read(file, 1 << 20);
        } finally {
            file.release();
        }
    }

    public String read(OpenFile file, int lengthBytes) throws ErrnoException {
        byte[] bytes = new byte[lengthBytes];
        int count = (int) FileIo.read(file, new KernelIov(bytes, 0, lengthBytes), caller);
        return new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    }

    /// Names in a directory but "." and "..", sorted.
    public List<String> list(String path) throws ErrnoException {
        OpenFile file = open(path, Fcntl.O_RDONLY | Fcntl.O_DIRECTORY);
        List<String> found = new ArrayList<>();
        try {
            file.operations()
                    .iterate(
                            file,
                            (name, _, _, _) -> {
                                if (!Names.isDotOrDotDot(name)) {
                                    found.add(name);
                                }
                                return true;
                            },
                            caller);
        } finally {
            file.release();
        }
        found.sort(null);
        return found;
    }

    /// The whole tree below a directory, one line for each entry: path, type, permissions, links,
    /// and content or target.
    public List<String> tree(String path) throws ErrnoException {
        List<String> lines = new ArrayList<>();
        addTree(path.equals("/") ? "" : path, "", lines);
        return lines;
    }

    private void addTree(String base, String below, List<String> lines) throws ErrnoException {
        for (String name : list(base + below + "/")) {
            String relative = below + "/" + name;
            String full = base + relative;
            FileStatus status = lstat(full);
            String line = relative + " " + Integer.toOctalString(status.mode());
            switch (status.mode() & Stat.S_IFMT) {
                case Stat.S_IFDIR -> {
                    lines.add(line);
                    addTree(base, relative, lines);
                }
                case Stat.S_IFREG -> lines.add(line + " " + status.linkCount() + " " + read(full));
                case Stat.S_IFLNK ->
                        lines.add(line + " -> " + resolve(full).inode().readlink(caller));
                default -> lines.add(line);
            }
        }
    }

    /// The error an action ends with, or "ok".
    public static String outcome(Action action) {
        try {
            action.run();
            return "ok";
        } catch (ErrnoException e) {
            return e.errno().name();
        }
    }

    /// Something that may fail for the guest.
    @FunctionalInterface
    public interface Action {
        void run() throws ErrnoException;
    }

    @Override
    public void close() {
        FsContext fs = caller.fsOrNull();
        if (fs != null) {
            fs.release();
            caller.setFs(null);
        }
        vfs.close();
        int open = vfs.openFileCount();
        long lost = freeAtStart - frames.freeFrames();
        frameTable.close();
        memory.close();
        if (open != 0 || lost != 0) {
            throw new AssertionError(open + " open files and " + lost + " frames left");
        }
    }

    /// For `@Nullable` results in tests.
    public static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("nothing there");
        }
        return value;
    }
}
