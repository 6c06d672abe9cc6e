package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.time.Clock;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileIo;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.KernelIov;
import org.mshareemu.emulator.kernel.vfs.MountRequest;
import org.mshareemu.emulator.kernel.vfs.NameChanges;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Opening;
import org.mshareemu.emulator.kernel.vfs.PathLookup;
import org.mshareemu.emulator.kernel.vfs.TaskRef;
import org.mshareemu.emulator.kernel.vfs.Vfs;
import org.mshareemu.emulator.kernel.vfs.sysfs.SysFileSystem;
import org.mshareemu.emulator.kernel.vfs.tmpfs.TmpfsType;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// A tree of files with /proc and /sys, and processes that a test makes. Process 100 is the caller.
public final class ProcFixture implements AutoCloseable {
    private static final int FRAMES = 256;

    private final PhysicalMemory memory = PhysicalMemory.reserve((long) FRAMES << 12);
    private final FrameTable frames = FrameTable.reserve(FRAMES);
    private final Vfs vfs;
    private final TreeMap<Integer, ProcessTask> tasks = new TreeMap<>();
    private final SysFileSystem sys = new SysFileSystem(2);
    final FakeTask self = new FakeTask(100, 100);
    final FakeSystem system = new FakeSystem();
    private final FakeCaller caller;
    private long swappiness = 60;

    public ProcFixture() {
        vfs =
                new Vfs(
                        new FakeClock(),
                        new FrameAllocator(memory, frames, Checking.ON),
                        frames,
                        memory);
        caller = new FakeCaller();
        try {
            vfs.register(TmpfsType.TMPFS);
            vfs.namespace().mountRoot(TmpfsType.TMPFS.mount(request(TmpfsType.TMPFS)), "rootfs", 0);
            caller.fs = new FsContext(vfs.namespace().rootPath(), vfs.namespace().rootPath(), 0);
            self.fs = caller.fs;
            self.files = caller.files;
            SysctlTable settings = StandardSettings.table(system, vfs);
            settings.number("vm/swappiness", () -> swappiness, v -> swappiness = v, 0, 200);
            mount("/proc", new ProcFileSystem(views(), settings));
            mount("/sys", sys);
        } catch (ErrnoException e) {
            throw new AssertionError(e.errno().name(), e);
        }
        add(self);
    }

    private ProcViews views() {
        ProcessView processes =
                new ProcessView() {
                    @Override
                    public int nextProcess(int from) {
                        return tasks.tailMap(from).values().stream()
                                .map(ProcessTask::ids)
                                .filter(ids -> ids.tgid() == ids.tid())
                                .mapToInt(ProcessTask.TaskIds::tid)
                                .findFirst()
                                .orElse(-1);
                    }

                    @Override
                    public @Nullable ProcessTask find(int tid) {
                        return tasks.get(tid);
                    }
                };
        MemoryView frameCounts =
                () -> new MemoryView.MemoryStatus(4096, 1000, 200, 30, 400, 50, 60, 7, 8, 2048, 99);
        return new ProcViews(processes, system, frameCounts, new FakeProcessor());
    }

    private MountRequest request(FileSystemType type) {
        return new MountRequest(vfs, type.name(), "", 0, caller);
    }

    private void mount(String path, FileSystemType type) throws ErrnoException {
        vfs.register(type);
        new NameChanges(vfs).mkdir(caller, null, path, 0x1ed);
        vfs.namespace()
                .mount(
                        type.mount(request(type)),
                        type.name(),
                        vfs.paths().resolve(caller, path, PathLookup.FOLLOW),
                        0);
    }

    void add(FakeTask task) {
        tasks.put(task.tid, task);
    }

    void remove(int tid) {
        tasks.remove(tid);
    }

    /// Acts as somebody else from now on.
    void actAs(Credentials credentials) {
        self.credentials = credentials;
    }

    public Vfs vfs() {
        return vfs;
    }

    public SysFileSystem sys() {
        return sys;
    }

    public CallerContext caller() {
        return caller;
    }

    /// An open file to be released by the test.
    public OpenFile open(String path, int flags) throws ErrnoException {
        return Opening.open(vfs, caller, null, path, flags, 0, 0);
    }

    /// The whole content, read in pieces of one size.
    public String read(String path, int pieceBytes) throws ErrnoException {
        OpenFile file = open(path, 0);
        try {
            StringBuilder out = new StringBuilder();
            byte[] piece = new byte[pieceBytes];
            while (true) {
                int read = (int) FileIo.read(file, new KernelIov(piece, 0, pieceBytes), caller);
                if (read == 0) {
                    return out.toString();
                }
                out.append(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
            }
        } finally {
            file.release();
        }
    }

    public String read(String path) throws ErrnoException {
        return read(path, 100_000);
    }

    /// Bytes taken, or the name of the errno.
    public String write(String path, String text) {
        return outcome(() -> {
            OpenFile file = open(path, 1);
            try {
                byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                KernelIov from = new KernelIov(bytes, 0, bytes.length);
                return FileIo.write(file, from, caller);
            } finally {
                file.release();
            }
        });
    }

    /// The names of a directory, in order, dots left out.
    public List<String> list(String path) throws ErrnoException {
        OpenFile file = open(path, 0);
        try {
            List<String> names = new ArrayList<>();
            file.operations()
                    .iterate(
                            file,
                            (name, _, _, _) -> {
                                names.add(name);
                                return true;
                            },
                            caller);
            names.removeAll(List.of(".", ".."));
            return names;
        } finally {
            file.release();
        }
    }

    public String readlink(String path) throws ErrnoException {
        return vfs.paths().resolve(caller, path, 0).inode().readlink(caller);
    }

    /// A result, or the name of the errno.
    public static String outcome(Call call) {
        try {
            return String.valueOf(call.run());
        } catch (ErrnoException e) {
            return e.errno().name();
        }
    }

    /// Anything that may fail as a system call does.
    public interface Call {
        Object run() throws ErrnoException;
    }

    @Override
    public void close() {
        if (caller.fs != null) {
            caller.fs.release();
        }
        vfs.close();
        frames.close();
        memory.close();
    }

    private static final class FakeClock implements Clock {
        @Override
        public long monotonicNanos() {
            return 12_340_000_000L;
        }

        @Override
        public long realtimeNanos() {
            return 1_000_012_340_000_000L;
        }
    }

    private static final class FakeProcessor implements ProcessorView {
        @Override
        public int[] cpuid(int leaf, int subleaf) {
            return switch (leaf) {
                case 0 -> new int[] {7, 0x756e6547, 0x6c65746e, 0x49656e69};
                case 1 -> new int[] {0x306c3, 8 << 8, 1, 1 << 25 | 1 << 26 | 1};
                case 0x8000_0001 -> new int[] {0, 0, 1, 1 << 29 | 1 << 11};
                case 0x8000_0002 -> new int[] {0x74736554, 0, 0, 0};
                case 0x8000_0008 -> new int[] {46 | 48 << 8, 0, 0, 0};
                default -> new int[4];
            };
        }
    }

    /// A machine with two processors.
    static final class FakeSystem implements SystemView {
        String hostName = "host";
        private byte lastRandom;

        @Override
        public String release() {
            return "6.18.0-test";
        }

        @Override
        public String version() {
            return "#1 SMP PREEMPT_DYNAMIC";
        }

        @Override
        public String hostName() {
            return hostName;
        }

        @Override
        public void setHostName(String name) {
            hostName = name;
        }

        @Override
        public String domainName() {
            return "(none)";
        }

        @Override
        public void setDomainName(String name) {
            throw new AssertionError(name);
        }

        @Override
        public String commandLine() {
            return "quiet";
        }

        @Override
        public int cpuCount() {
            return 2;
        }

        @Override
        public CpuTimes cpuTimes(int cpu) {
            return new CpuTimes(
                    (cpu + 1) * 1_000_000_000L, 0, 20_000_000L, (cpu + 1) * 3_000_000_000L);
        }

        @Override
        public long contextSwitches() {
            return 77;
        }

        @Override
        public long createdTasks() {
            return 5;
        }

        @Override
        public int taskCount() {
            return 4;
        }

        @Override
        public int runnableTasks() {
            return 1;
        }

        @Override
        public int lastTaskNumber() {
            return 103;
        }

        @Override
        public LoadAverage loadAverage() {
            return new LoadAverage(105, 7, 0);
        }

        @Override
        public void random(byte[] bytes) {
            Arrays.fill(bytes, ++lastRandom);
        }
    }

    private final class FakeCaller implements CallerContext, TaskRef {
        @Nullable FsContext fs;
        final FileTable files = new FileTable();
        private final ResourceLimits limits = new ResourceLimits();

        @Override
        public Credentials credentials() {
            return self.credentials;
        }

        @Override
        public ResourceLimits limits() {
            return limits;
        }

        @Override
        public UserMemory memory() {
            throw new AssertionError(Errno.EFAULT);
        }

        @Override
        public AddressSpace space() {
            throw new AssertionError(Errno.EFAULT);
        }

        @Override
        public TaskRef task() {
            return this;
        }

        @Override
        public FileTable files() {
            return files;
        }

        @Override
        public FsContext fs() {
            FsContext known = fs;
            if (known == null) {
                throw new AssertionError("no root yet");
            }
            return known;
        }

        @Override
        public void sendSignal(int signo) {
            throw new AssertionError(signo);
        }

        @Override
        public int tid() {
            return 100;
        }

        @Override
        public int tgid() {
            return 100;
        }
    }
}
