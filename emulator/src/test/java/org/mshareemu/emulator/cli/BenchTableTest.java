package org.mshareemu.emulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class BenchTableTest {
    @Test
    void columnsAreAlignedAndRatiosAreEmulatedOverNative() {
        BenchTable table = new BenchTable();
        table.add("sieve", 2, 20_000_000, 1_500_000_000);
        table.add("getppid", 1000, 100_000, 250_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertEquals(
                """
                program  operations   native   per op  emulated  per op  ratio
                sieve             2  20.0 ms  10.0 ms    1.50 s  750 ms  75.0x
                getppid        1000   100 us   100 ns    250 us  250 ns  2.50x
                """,
                bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theMedianIsTheMiddle() {
        assertEquals(5, BenchTable.median(new long[] {9, 5, 1}));
        assertEquals(6, BenchTable.median(new long[] {9, 5, 1, 7}));
    }
}
