package org.mshareemu.emulator.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Times as an aligned table: one row per program, medians and their ratio.
final class BenchTable {
    private record Row(List<String> cells) {}

    private static final List<String> HEADINGS =
            List.of("program", "operations", "native", "per op", "emulated", "per op", "ratio");

    private final List<Row> rows = new ArrayList<>();

    /// The middle value, or the mean of the two in the middle.
    static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    void add(String program, long operations, long nativeNanos, long emulatedNanos) {
        rows.add(
                new Row(
                        List.of(
                                program,
                                Long.toString(operations),
                                time((double) nativeNanos),
                                time(nativeNanos / (double) operations),
                                time((double) emulatedNanos),
                                time(emulatedNanos / (double) operations),
                                number(emulatedNanos / (double) nativeNanos) + "x")));
    }

    void print(PrintStream out) {
        int[] widths = new int[HEADINGS.size()];
        List<Row> all = new ArrayList<>(List.of(new Row(HEADINGS)));
        all.addAll(rows);
        for (Row row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.cells.get(i).length());
            }
        }
        for (Row row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - row.cells.get(i).length());
                line.append(i == 0 ? row.cells.get(i) + gap : "  " + gap + row.cells.get(i));
            }
            out.print(line.append('\n'));
        }
    }

    /// Three digits and a unit.
    static String time(double nanos) {
        if (nanos < 1e3) {
            return number(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return number(nanos / 1e3) + " us";
        }
        return nanos < 1e9 ? number(nanos / 1e6) + " ms" : number(nanos / 1e9) + " s";
    }

    /// Three significant digits, but all of a whole number's.
    private static String number(double value) {
        if (value >= 100) {
            return Long.toString(Math.round(value));
        }
        long tenths = Math.round(value * (value >= 10 ? 10 : 100));
        int digits = value >= 10 ? 1 : 2;
        long unit = digits == 1 ? 10 : 100;
        String fraction = Long.toString(tenths % unit);
        return tenths / unit + "." + "0".repeat(digits - fraction.length()) + fraction;
    }
}
