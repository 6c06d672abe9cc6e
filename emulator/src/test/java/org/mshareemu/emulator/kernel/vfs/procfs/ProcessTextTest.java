package org.mshareemu.emulator.kernel.vfs.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.memmap.VmFlags;

import java.util.List;

class ProcessTextTest {
    private static final long READ = VmFlags.VM_READ | VmFlags.VM_MAYREAD;
    private static final long WRITE = VmFlags.VM_WRITE | VmFlags.VM_MAYWRITE;
    private static final long EXEC = VmFlags.VM_EXEC | VmFlags.VM_MAYEXEC;

    private final ProcFixture fixture = new ProcFixture();
    private final FakeMemory memory = new FakeMemory("prog\0-x\0A=1\0B=two\0", 8);

    @AfterEach
    void close() {
        fixture.close();
    }

    private void addAreas() {
        memory.add(0x400000, 0x401000, READ, 0, FakeMemory.file("/bin/program", 260386));
        memory.add(0x401000, 0x405000, READ | EXEC, 0x1000, FakeMemory.file("/bin/a\nb", 260386));
        memory.add(0x40b000, 0x42c000, READ | WRITE, 0, null);
        memory.add(
                0x7fff_f000_0000L,
                0x7fff_f000_1000L,
                READ | WRITE | VmFlags.VM_SHARED | VmFlags.VM_MAYSHARE,
                0,
                FakeMemory.file("/dev/zero (deleted)", 7));
        memory.add(0x7fff_f100_0000L, 0x7fff_f100_1000L, 0, 0, null);
        fixture.self.memory = memory;
    }

    @Test
    void statusHasLinuxsLinesInLinuxsOrder() throws ErrnoException {
        fixture.self.memory = memory;
        fixture.self.comm = "a\\b\nc";
        fixture.self.credentials =
                new Credentials(1, 2, 3, 4, 5, 6, 7, 8, List.of(20, 30), 0x21, 0x23);
        fixture.self.stateLetter = 'R';
        assertEquals(
                """
                Name:	a\\\\b\\nc
                Umask:	0000
                State:	R (running)
                Tgid:	100
                Ngid:	0
                Pid:	100
                PPid:	1
                TracerPid:	0
                Uid:	1	3	5	7
                Gid:	2	4	6	8
                FDSize:	64
                Groups:	20 30\s
                NStgid:	100
                NSpid:	100
                NSpgid:	100
                NSsid:	90
                Kthread:	0
                VmPeak:	    3200 kB
                VmSize:	    3060 kB
                VmLck:	       8 kB
                VmPin:	       0 kB
                VmHWM:	    1708 kB
                VmRSS:	    1708 kB
                RssAnon:	     112 kB
                RssFile:	    1596 kB
                RssShmem:	       0 kB
                VmData:	     360 kB
                VmStk:	     132 kB
                VmExe:	      20 kB
                VmLib:	    1528 kB
                VmPTE:	      44 kB
                VmSwap:	       0 kB
                HugetlbPages:	       0 kB
                CoreDumping:	0
                THP_enabled:	0
                untag_mask:	0xffffffffffffffff
                Threads:	1
                SigQ:	3/95000
                SigPnd:	0000000000000001
                ShdPnd:	0000000000000002
                SigBlk:	0000000100000004
                SigIgn:	0000000000000008
                SigCgt:	0000000000000010
                CapInh:	0000000000000000
                CapPrm:	0000000000000023
                CapEff:	0000000000000021
                CapBnd:	000001ffffffffff
                CapAmb:	0000000000000000
                NoNewPrivs:	0
                Seccomp:	0
                Seccomp_filters:	0
                Speculation_Store_Bypass:	not vulnerable
                SpeculationIndirectBranch:	not affected
                Cpus_allowed:	b
                Cpus_allowed_list:	0-1,3
                Mems_allowed:	%s00000001
                Mems_allowed_list:	0
                voluntary_ctxt_switches:	9
                nonvoluntary_ctxt_switches:	10
                """
                        .formatted("00000000,".repeat(31)),
                fixture.read("/proc/self/status"));
    }

    @Test
    void statHasFiftyTwoFields() throws ErrnoException {
        fixture.self.memory = memory;
        fixture.self.comm = "a) b (c";
        assertEquals(
                "100 (a) b (c) S 1 100 90 0 -1 4194304 5 7 6 8 7 2 3 4 15 -5 1 0 123 3133440 427"
                        + " 18446744073709551615 4198400 4217532 140720308498432 0 0 1 4 8 16 1 0 0"
                        + " 17 1 0 0 0 0 0 4231168 4235264 4239360 140720308490240"
                        + " 140720308490248 140720308490248 140720308490258 0\n",
                fixture.read("/proc/100/stat"));
    }

    @Test
    void threadsStatCountsTheThreadAlone() throws ErrnoException {
        String thread = fixture.read("/proc/100/task/100/stat");
        assertEquals("5", thread.split(" ", -1)[13]);
        assertEquals("7", fixture.read("/proc/100/stat").split(" ", -1)[13]);
    }

    @Test
    void strangersSeeNoAddressesInStat() throws ErrnoException {
        FakeTask other = new FakeTask(101, 101);
        other.memory = memory;
        other.credentials = Credentials.user(1, 1, List.of());
        fixture.add(other);
        fixture.actAs(Credentials.user(2, 2, List.of()));
        String[] fields = fixture.read("/proc/101/stat").split("[ \n]", -1);
        assertEquals(
                List.of("1", "1", "0", "0", "0"),
                List.of(fields[25], fields[26], fields[27], fields[44], fields[50]));
        assertEquals("EACCES", ProcFixture.outcome(() -> fixture.read("/proc/101/maps")));
        assertEquals("EACCES", ProcFixture.outcome(() -> fixture.read("/proc/101/environ")));
        assertEquals("EACCES", ProcFixture.outcome(() -> fixture.readlink("/proc/101/exe")));
    }

    @Test
    void mapsPutsNamesAtColumn73() throws ErrnoException {
        addAreas();
        assertEquals(
                """
                00400000-00401000 r--p 00000000 fe:01 260386                             /bin/program
                00401000-00405000 r-xp 00001000 fe:01 260386                             /bin/a\\012b
                0040b000-0042c000 rw-p 00000000 00:00 0                                  [heap]
                7ffff0000000-7ffff0001000 rw-s 00000000 fe:01 7                          /dev/zero (deleted)
                7ffff1000000-7ffff1001000 ---p 00000000 00:00 0\s
                """,
                fixture.read("/proc/self/maps"));
    }

    @Test
    void smapsTellsEachAreasResidentMemory() throws ErrnoException {
        addAreas();
        assertEquals(
                """
                0040b000-0042c000 rw-p 00000000 00:00 0                                  [heap]
                Size:                132 kB
                KernelPageSize:        4 kB
                MMUPageSize:           4 kB
                Rss:                  12 kB
                Pss:                  10 kB
                Pss_Dirty:             8 kB
                Shared_Clean:          4 kB
                Shared_Dirty:          0 kB
                Private_Clean:         0 kB
                Private_Dirty:         8 kB
                Referenced:           12 kB
                Anonymous:             8 kB
                KSM:                   0 kB
                LazyFree:              0 kB
                AnonHugePages:         0 kB
                ShmemPmdMapped:        0 kB
                FilePmdMapped:         0 kB
                Shared_Hugetlb:        0 kB
                Private_Hugetlb:       0 kB
                Swap:                  0 kB
                SwapPss:               0 kB
                Locked:                0 kB
                THPeligible:           0
                VmFlags: rd wr mr mw\s
                """,
                fixture.read("/proc/self/smaps")
                        .lines()
                        .skip(50)
                        .limit(25)
                        .map(line -> line + "\n")
                        .reduce("", String::concat));
    }

    @Test
    void textOfManyLinesComesInWholeLinesOfAtMostOnePage() throws ErrnoException {
        for (int i = 0; i < 200; i++) {
            memory.add(0x1000_0000L + i * 0x2000L, 0x1000_1000L + i * 0x2000L, READ, 0, null);
        }
        fixture.self.memory = memory;
        byte[] page = new byte[100_000];
        var file = fixture.open("/proc/self/maps", 0);
        try {
            var iov = new org.mshareemu.emulator.kernel.vfs.KernelIov(page, 0, page.length);
            long read = org.mshareemu.emulator.kernel.vfs.FileIo.read(file, iov, fixture.caller());
            assertEquals(4096 / 41 * 41, read);
        } finally {
            file.release();
        }
        assertEquals(fixture.read("/proc/self/maps"), fixture.read("/proc/self/maps", 7));
    }

    @Test
    void argumentsAndEnvironmentAreReadFromMemory() throws ErrnoException {
        fixture.self.memory = memory;
        assertEquals("prog\0-x\0", fixture.read("/proc/self/cmdline"));
        assertEquals("A=1\0B=two\0", fixture.read("/proc/self/environ", 3));
        fixture.self.memory = new FakeMemory("a long title runs on\0xx", 5);
        assertEquals("a long title runs on", fixture.read("/proc/self/cmdline"));
    }

    @Test
    void limitsAreColumns() throws ErrnoException {
        List<String> lines = fixture.read("/proc/self/limits").lines().toList();
        assertEquals(
                List.of(
                        "Limit                     Soft Limit           Hard Limit           Units"
                                + "     ",
                        "Max stack size            8388608              unlimited            bytes"
                                + "     ",
                        "Max nice priority         0                    0                    "),
                List.of(lines.get(0), lines.get(4), lines.get(14)));
    }

    @Test
    void commIsWrittenCutToFifteenBytes() throws ErrnoException {
        assertEquals("27", fixture.write("/proc/self/comm", "abcdefghijklmnopqrstuvwxyz\n"));
        assertEquals("abcdefghijklmno\n", fixture.read("/proc/self/comm"));
        fixture.add(new FakeTask(101, 101));
        assertEquals("EINVAL", fixture.write("/proc/101/comm", "x"));
    }

    @Test
    void oomScoreAdjustmentIsChecked() {
        assertEquals(
                List.of("4", "EINVAL", "EINVAL", "5"),
                List.of(
                        fixture.write("/proc/self/oom_score_adj", " 5 \n"),
                        fixture.write("/proc/self/oom_score_adj", "1001"),
                        fixture.write("/proc/self/oom_score_adj", "a"),
                        Integer.toString(fixture.self.oomScoreAdjustment)));
    }
}
