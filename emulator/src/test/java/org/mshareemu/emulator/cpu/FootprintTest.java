package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What running guests costs in Java garbage and native memory: nothing that stays.
final class FootprintTest {
    private static final long SLACK_BYTES = 64 << 10;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    @Test
    void systemCallsAndQuantaAllocateNothing() {
        try (TestMachine machine = TestMachine.withCode("0f05 ebfc")) {
            machine.vcpu.setQuantum(3);
            runTimes(machine, 50_000);
            long before = allocatedBytes();
            runTimes(machine, 50_000);

            assertTrue(
                    allocatedBytes() - before < SLACK_BYTES,
                    "bytes: " + (allocatedBytes() - before));
        }
    }

    @Test
    void fillsThatHitAllocateNothing() {
        // mov [rbx], eax; syscall
        try (TestMachine machine = TestMachine.withCode("8903 0f05")) {
            machine.state.set(Register.RBX, TestMachine.DATA);
            fillTimes(machine, 20_000);
            long before = allocatedBytes();
            long fills = machine.vcpu.statistics().fills();
            fillTimes(machine, 20_000);

            assertTrue(
                    allocatedBytes() - before < SLACK_BYTES,
                    "bytes: " + (allocatedBytes() - before));
            assertEquals(40_000, machine.vcpu.statistics().fills() - fills);
        }
    }

    private static void runTimes(TestMachine machine, int times) {
        for (int i = 0; i < times; i++) {
            machine.run();
        }
    }

    private static void fillTimes(TestMachine machine, int times) {
        for (int i = 0; i < times; i++) {
            machine.cpus.flushAll();
            machine.state.set(Register.RIP, TestMachine.CODE);
            machine.run();
        }
    }

    @Test
    void closedMachinesLeaveNothingBehind() throws IOException {
        for (int i = 0; i < 20; i++) {
            openRunClose();
        }
        long before = residentBytes();
        for (int i = 0; i < 50; i++) {
            openRunClose();
        }

        long grown = residentBytes() - before;
        // One engine alone would be 2.8 MB.
        assertTrue(grown < 20 << 20, "grown by bytes: " + grown);
    }

    private static void openRunClose() {
        try (TestMachine machine = new TestMachine(CpuConfig.defaults().withCount(2))) {
            machine.program("0f05");
            assertEquals(VcpuExit.Syscall.SYSCALL, machine.run());
        }
    }

    private static long residentBytes() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1];
        return Long.parseLong(pages) * 4096;
    }
}
