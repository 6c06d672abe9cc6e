package org.mshareemu.emulator.kernel.vfs.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.vfs.FileIo;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.KernelIov;
import org.mshareemu.emulator.kernel.vfs.NameChanges;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.PathLookup;

import java.util.ArrayList;
import java.util.List;

class ProcTreeTest {
    private final ProcFixture fixture = new ProcFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Inode inode(String path) throws ErrnoException {
        return fixture.vfs().paths().resolve(fixture.caller(), path, 0).inode();
    }

    private String openOutcome(String path, int flags) {
        return ProcFixture.outcome(() -> {
            fixture.open(path, flags).release();
            return "ok";
        });
    }

    @Test
    void rootListsShortNamesFirstThenSelfThenProcesses() throws ErrnoException {
        fixture.add(new FakeTask(7, 7));
        fixture.add(new FakeTask(101, 100));
        assertEquals(
                List.of(
                        "sys",
                        "stat",
                        "swaps",
                        "mounts",
                        "uptime",
                        "vmstat",
                        "cmdline",
                        "cpuinfo",
                        "devices",
                        "loadavg",
                        "meminfo",
                        "version",
                        "filesystems",
                        "self",
                        "thread-self",
                        "7",
                        "100"),
                fixture.list("/proc"));
    }

    @Test
    void directoryReadOneByOneGivesTheSameNames() throws ErrnoException {
        for (int pid = 300; pid < 305; pid++) {
            fixture.add(new FakeTask(pid, pid));
        }
        List<String> whole = fixture.list("/proc");
        List<String> single = new ArrayList<>();
        OpenFile file = fixture.open("/proc", Fcntl.O_DIRECTORY);
        try {
            int before = -1;
            while (single.size() != before) {
                before = single.size();
                takeOne(file, single);
            }
        } finally {
            file.release();
        }
        single.removeAll(List.of(".", ".."));
        assertEquals(whole, single);
    }

    /// As getdents(2) with room for one entry.
    private void takeOne(OpenFile file, List<String> names) throws ErrnoException {
        int before = names.size();
        file.operations()
                .iterate(
                        file,
                        (name, _, _, _) -> {
                            boolean fits = names.size() == before;
                            if (fits) {
                                names.add(name);
                            }
                            return fits;
                        },
                        fixture.caller());
    }

    @Test
    void selfIsTheCaller() throws ErrnoException {
        assertEquals("100", fixture.readlink("/proc/self"));
        assertEquals("100/task/100", fixture.readlink("/proc/thread-self"));
        assertEquals("self/mounts", fixture.readlink("/proc/mounts"));
        assertEquals(inode("/proc/100").number(), inode("/proc/self/.").number());
    }

    @Test
    void numbersAreWrittenAsTheKernelWritesThem() {
        assertEquals(
                List.of("ok", "ENOENT", "ENOENT", "ENOENT", "ENOENT"),
                List.of(
                        openOutcome("/proc/100", 0),
                        openOutcome("/proc/0100", 0),
                        openOutcome("/proc/0", 0),
                        openOutcome("/proc/101", 0),
                        openOutcome("/proc/99999999999", 0)));
    }

    @Test
    void deadProcessIsGoneAndItsOpenFilesAreEmptyHanded() throws ErrnoException {
        fixture.add(new FakeTask(101, 101));
        OpenFile maps = fixture.open("/proc/101/maps", 0);
        OpenFile directory = fixture.open("/proc/101", 0);
        fixture.remove(101);
        byte[] bytes = new byte[10];
        assertEquals(
                "ESRCH",
                ProcFixture.outcome(
                        () -> FileIo.read(maps, new KernelIov(bytes, 0, 10), fixture.caller())));
        assertEquals(
                "ENOENT",
                ProcFixture.outcome(() ->
                        fixture.vfs()
                                .paths()
                                .resolve(fixture.caller(), directory.path(), "maps", 0)));
        assertEquals("ENOENT", openOutcome("/proc/101/maps", 0));
        maps.release();
        directory.release();
    }

    @Test
    void zombieKeepsWhatNeedsNoMemory() throws ErrnoException {
        FakeTask zombie = new FakeTask(101, 101);
        zombie.becomeZombie();
        fixture.add(zombie);
        assertEquals("", fixture.read("/proc/101/maps"));
        assertEquals("", fixture.read("/proc/101/cmdline"));
        assertEquals("0 0 0 0 0 0 0\n", fixture.read("/proc/101/statm"));
        assertEquals("program\n", fixture.read("/proc/101/comm"));
        assertEquals(List.of(), fixture.list("/proc/101/fd"));
        assertEquals(
                List.of("ESRCH", "ESRCH", "ESRCH", "EINVAL", "ENOENT", "ENOENT"),
                List.of(
                        openOutcome("/proc/101/environ", 0),
                        openOutcome("/proc/101/auxv", 0),
                        openOutcome("/proc/101/smaps_rollup", 0),
                        openOutcome("/proc/101/mounts", 0),
                        openOutcome("/proc/101/exe", 0),
                        openOutcome("/proc/101/cwd", 0)));
    }

    @Test
    void descriptorsAreLinksThatLeadToTheOpenFile() throws ErrnoException {
        FileTable files = fixture.caller().files();
        OpenFile version = fixture.open("/proc/version", Fcntl.O_RDONLY);
        int fd = files.add(version, FileTable.OnExec.CLOSE, 1024);
        files.add(fixture.open("/sys", 0), FileTable.OnExec.KEEP, 1024);
        assertEquals(List.of("0", "1"), fixture.list("/proc/self/fd"));
        assertEquals(2, inode("/proc/self/fd/.").sizeBytes());
        assertEquals("/proc/version", fixture.readlink("/proc/self/fd/0"));
        assertEquals("/sys", fixture.readlink("/proc/self/fd/1"));
        assertEquals(0xa140, inode("/proc/self/fd/0").mode());
        assertEquals(64, inode("/proc/self/fd/0").sizeBytes());
        assertEquals("Linux version 6.18.0", fixture.read("/proc/self/fd/0").substring(0, 20));
        assertEquals("ENOENT", openOutcome("/proc/self/fd/2", 0));
        version.setPosition(5);
        assertEquals(
                "pos:\t5\nflags:\t02000000\nmnt_id:\t%d\nino:\t%d\n"
                        .formatted(version.path().mount().id(), version.inode().number()),
                fixture.read("/proc/self/fdinfo/" + fd));
        files.close(0, fixture.caller());
        files.close(1, fixture.caller());
    }

    @Test
    void rootAndCurrentDirectoryAreMagic() throws ErrnoException {
        fixture.caller()
                .fs()
                .setDirectory(
                        fixture.vfs()
                                .paths()
                                .resolve(fixture.caller(), "/proc/sys/vm", PathLookup.FOLLOW));
        assertEquals("/proc/sys/vm", fixture.readlink("/proc/self/cwd"));
        assertEquals("/", fixture.readlink("/proc/self/root"));
        assertEquals("60\n", fixture.read("/proc/self/cwd/swappiness"));
        assertEquals("ENOENT", ProcFixture.outcome(() -> fixture.readlink("/proc/self/exe")));
    }

    @Test
    void threadsStandBelowTask() throws ErrnoException {
        fixture.self.threads = List.of(100, 101);
        fixture.add(new FakeTask(101, 100));
        fixture.add(new FakeTask(102, 102));
        assertEquals(List.of("100", "101"), fixture.list("/proc/self/task"));
        assertEquals(4, inode("/proc/self/task").linkCount());
        assertEquals("201 202 ", fixture.read("/proc/self/task/101/children"));
        assertEquals("ENOENT", openOutcome("/proc/self/task/102", 0));
        assertEquals("ENOENT", openOutcome("/proc/self/task/101/task", 0));
    }

    @Test
    void nothingCanBeMadeOrRemoved() {
        NameChanges names = new NameChanges(fixture.vfs());
        assertEquals(
                List.of("ENOENT", "ENOENT", "EPERM", "EPERM"),
                List.of(
                        openOutcome("/proc/new", Fcntl.O_CREAT | Fcntl.O_WRONLY),
                        ProcFixture.outcome(() -> {
                            names.mkdir(fixture.caller(), null, "/proc/new", 0x1ed);
                            return "ok";
                        }),
                        ProcFixture.outcome(() -> {
                            names.unlink(fixture.caller(), null, "/proc/self/maps");
                            return "ok";
                        }),
                        ProcFixture.outcome(() -> {
                            names.rmdir(fixture.caller(), null, "/proc/sys");
                            return "ok";
                        })));
    }

    @Test
    void writingWhatIsReadOnlyFailsAsLinuxSays() {
        assertEquals(
                List.of("EIO", "EINVAL", "EINVAL", "EINVAL", "EACCES"),
                List.of(
                        fixture.write("/proc/version", "x"),
                        fixture.write("/proc/self/status", "x"),
                        fixture.write("/proc/self/maps", "x"),
                        fixture.write("/proc/self/cmdline", "x"),
                        fixture.write("/proc/sys/kernel/osrelease", "x")));
    }

    @Test
    void contentStaysAsItWasWhenReadingBegan() throws ErrnoException {
        OpenFile file = fixture.open("/proc/self/comm", 0);
        byte[] bytes = new byte[3];
        FileIo.read(file, new KernelIov(bytes, 0, 3), fixture.caller());
        fixture.self.comm = "another";
        FileIo.read(file, new KernelIov(bytes, 0, 3), fixture.caller());
        assertEquals("gra", new String(bytes, java.nio.charset.StandardCharsets.US_ASCII));
        FileIo.pread(file, new KernelIov(bytes, 0, 3), 0, fixture.caller());
        assertEquals("ano", new String(bytes, java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals(
                "EINVAL",
                ProcFixture.outcome(() -> file.operations().llseek(file, 0, Fcntl.SEEK_END)));
        file.release();
    }

    @Test
    void memoryHasAnEntryPerPage() throws ErrnoException {
        fixture.self.memory = new FakeMemory("some text", 4);
        byte[] entries = new byte[16];
        OpenFile pagemap = fixture.open("/proc/self/pagemap", 0);
        FileIo.pread(
                pagemap,
                new KernelIov(entries, 0, 16),
                FakeMemory.TEXT / 4096 * 8,
                fixture.caller());
        pagemap.release();
        byte[] expected = new byte[16];
        expected[0] = 0x34;
        expected[1] = 0x12;
        expected[7] = (byte) 0x80;
        assertEquals(
                java.util.HexFormat.of().formatHex(expected),
                java.util.HexFormat.of().formatHex(entries));
        byte[] text = new byte[9];
        OpenFile mem = fixture.open("/proc/self/mem", 0);
        FileIo.pread(mem, new KernelIov(text, 0, 9), FakeMemory.TEXT, fixture.caller());
        assertEquals(
                "EIO",
                ProcFixture.outcome(
                        () -> FileIo.pread(mem, new KernelIov(text, 0, 9), 0, fixture.caller())));
        mem.release();
        assertEquals("some text", new String(text, java.nio.charset.StandardCharsets.US_ASCII));
    }
}
