package org.mshareemu.emulator.kernel.vfs.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.NameChanges;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcFixture;
import org.mshareemu.emulator.kernel.vfs.tmpfs.TmpfsType;

import java.util.List;

class SysFileSystemTest {
    private final ProcFixture fixture = new ProcFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Path place(String path) throws ErrnoException {
        return fixture.vfs().paths().resolve(fixture.caller(), path, 0);
    }

    @Test
    void processorsAreListed() throws ErrnoException {
        assertEquals("0-1\n", fixture.read("/sys/devices/system/cpu/online"));
        assertEquals("1\n", fixture.read("/sys/devices/system/cpu/cpu1/topology/core_id"));
        assertEquals("3\n", fixture.read("/sys/devices/system/node/node0/cpumap"));
        assertEquals(
                List.of(
                        "kernel",
                        "power",
                        "class",
                        "devices",
                        "dev",
                        "fs",
                        "bus",
                        "firmware",
                        "block",
                        "module"),
                fixture.list("/sys"));
    }

    @Test
    void attributesAreAPageLong() throws ErrnoException {
        Inode online = place("/sys/devices/system/cpu/online").inode();
        assertEquals(List.of(0x8124, 4096L), List.of(online.mode(), online.sizeBytes()));
        assertEquals(0x6265_6572L, online.superBlock().statfs().type());
        assertEquals(12, place("/sys").inode().linkCount());
    }

    @Test
    void mountPointAppearsInAMountedTreeAndTakesAMount() throws ErrnoException {
        fixture.sys().createMountPoint("/sys/fs/mshare");
        fixture.sys().createMountPoint("/sys/fs/mshare");
        assertEquals(0x416d, place("/sys/fs/mshare").inode().mode());
        fixture.vfs()
                .namespace()
                .mount(
                        fixture.vfs()
                                .mountByKernel(
                                        TmpfsType.TMPFS, "none", "mode=700", fixture.caller()),
                        "none",
                        place("/sys/fs/mshare"),
                        0);
        assertEquals(0x41c0, place("/sys/fs/mshare").inode().mode());
        assertEquals(List.of("cgroup", "bpf", "pstore", "mshare"), fixture.list("/sys/fs"));
    }

    @Test
    void nothingCanBeMadeOrChanged() {
        NameChanges names = new NameChanges(fixture.vfs());
        assertEquals(
                List.of("EACCES", "EPERM", "EPERM", "EACCES"),
                List.of(
                        ProcFixture.outcome(
                                () -> fixture.open("/sys/x", Fcntl.O_CREAT | Fcntl.O_RDWR)),
                        ProcFixture.outcome(() -> {
                            names.mkdir(fixture.caller(), null, "/sys/x", 0x1ed);
                            return "ok";
                        }),
                        ProcFixture.outcome(() -> {
                            names.unlink(fixture.caller(), null, "/sys/kernel/address_bits");
                            return "ok";
                        }),
                        fixture.write("/sys/devices/system/cpu/online", "0")));
    }
}
