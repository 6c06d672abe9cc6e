package org.mshareemu.tests.guest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a run left behind.
///
/// @param status as a shell sees it
/// @param stdout standard output, each byte one char
/// @param stderr standard error, each byte one char
record Outcome(int status, String stdout, String stderr) {
    static Outcome of(int status, byte[] stdout, byte[] stderr) {
        return new Outcome(
                status,
                new String(stdout, StandardCharsets.ISO_8859_1),
                new String(stderr, StandardCharsets.ISO_8859_1));
    }

    /// The lines of standard output.
    java.util.List<String> lines() {
        return Arrays.asList(stdout.split("\n", -1));
    }
}
