package org.mshareemu.emulator.kernel.vfs.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;

import java.util.List;

class SystemFilesTest {
    private final ProcFixture fixture = new ProcFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void smallFilesAreInLinuxsFormat() throws ErrnoException {
        assertEquals("12.34 9.00\n", fixture.read("/proc/uptime"));
        assertEquals("1.05 0.07 0.00 1/4 103\n", fixture.read("/proc/loadavg"));
        assertEquals(
                "Linux version 6.18.0-test (mshare-emu@localhost) (javac) #1 SMP"
                        + " PREEMPT_DYNAMIC\n",
                fixture.read("/proc/version"));
        assertEquals(
                "nodev\ttmpfs\nnodev\tproc\nnodev\tsysfs\n", fixture.read("/proc/filesystems"));
        assertEquals("quiet\n", fixture.read("/proc/cmdline"));
    }

    @Test
    void statSumsTheProcessors() throws ErrnoException {
        assertEquals(
                """
                cpu  300 0 4 900 0 0 0 0 0 0
                cpu0 100 0 2 300 0 0 0 0 0 0
                cpu1 200 0 2 600 0 0 0 0 0 0
                intr 0
                ctxt 77
                btime 1000000
                processes 5
                procs_running 1
                procs_blocked 0
                softirq 0 0 0 0 0 0 0 0 0 0 0
                """,
                fixture.read("/proc/stat"));
    }

    @Test
    void meminfoCountsInKibibytes() throws ErrnoException {
        List<String> lines = fixture.read("/proc/meminfo").lines().toList();
        assertEquals(
                List.of(
                        "MemTotal:          16384 kB",
                        "MemFree:            4000 kB",
                        "MemAvailable:       4800 kB",
                        "Buffers:               0 kB",
                        "Cached:              920 kB"),
                lines.subList(0, 5));
        assertEquals(
                List.of("PageTables:          240 kB", "VmallocTotal:   34359738367 kB"),
                lines.stream()
                        .filter(line -> line.matches("(PageTables|VmallocTotal).*"))
                        .toList());
    }

    @Test
    void cpuinfoSaysWhatCpuidSays() throws ErrnoException {
        assertEquals(
                """
                processor	: 1
                vendor_id	: GenuineIntel
                cpu family	: 6
                model		: 60
                model name	: Test
                stepping	: 3
                cpu MHz		: 1000.000
                physical id	: 0
                siblings	: 2
                core id		: 1
                cpu cores	: 2
                apicid		: 1
                initial apicid	: 1
                fpu		: yes
                fpu_exception	: yes
                cpuid level	: 7
                wp		: yes
                flags		: fpu sse sse2 syscall lm constant_tsc nopl cpuid pni lahf_lm
                bugs		:\s
                bogomips	: 2000.00
                clflush size	: 64
                cache_alignment	: 64
                address sizes	: 46 bits physical, 48 bits virtual
                power management:

                """,
                fixture.read("/proc/cpuinfo").split("(?=processor\t)", -1)[1]);
    }

    @Test
    void mountsAreSeenFromTheProcesssRoot() throws ErrnoException {
        assertEquals(
                """
                rootfs / tmpfs rw 0 0
                proc /proc proc rw 0 0
                sysfs /sys sysfs rw 0 0
                """,
                fixture.read("/proc/mounts"));
        List<String> lines = fixture.read("/proc/self/mountinfo").lines().toList();
        int first = Integer.parseInt(lines.getFirst().split(" ", -1)[0]);
        assertEquals((first + 1) + " " + first + " 0:2 / /proc rw - proc proc rw", lines.get(1));
    }

    @Test
    void settingsAreReadAndWritten() throws ErrnoException {
        assertEquals("60\n", fixture.read("/proc/sys/vm/swappiness"));
        assertEquals(
                List.of("3", "EINVAL", "EINVAL", "2", "EINVAL"),
                List.of(
                        fixture.write("/proc/sys/vm/swappiness", "10\n"),
                        fixture.write("/proc/sys/vm/swappiness", "201\n"),
                        fixture.write("/proc/sys/vm/swappiness", "many\n"),
                        fixture.write("/proc/sys/vm/swappiness", "7 8\n"),
                        fixture.write("/proc/sys/vm/swappiness", "\n")));
        assertEquals("7\n", fixture.read("/proc/sys/vm/swappiness"));
        assertEquals("6", fixture.write("/proc/sys/kernel/hostname", "other\n"));
        assertEquals("other", fixture.system.hostName);
        assertEquals("40\n", fixture.read("/proc/sys/kernel/cap_last_cap"));
        assertEquals("6.18.0-test\n", fixture.read("/proc/sys/kernel/osrelease"));
    }

    @Test
    void onlyRootWritesSettings() {
        fixture.actAs(Credentials.user(1000, 1000, List.of()));
        assertEquals("EACCES", fixture.write("/proc/sys/vm/swappiness", "10\n"));
    }

    @Test
    void bootIdStaysAndUuidChanges() throws ErrnoException {
        String boot = fixture.read("/proc/sys/kernel/random/boot_id");
        assertEquals("01010101-0101-4101-8101-010101010101\n", boot);
        assertEquals(boot, fixture.read("/proc/sys/kernel/random/boot_id"));
        assertNotEquals(
                fixture.read("/proc/sys/kernel/random/uuid"),
                fixture.read("/proc/sys/kernel/random/uuid"));
    }
}
