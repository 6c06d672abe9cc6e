package org.mshareemu.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The rules that only the sources show.
final class SourceRulesTest {
    private static final int MOST_LINES = 600;

    /// Longer because they are tables.
    private static final Set<String> TABLES = Set.of("SyscallTable.java", "SyscallNumber.java");

    // Written in pieces, or this file would hold what it forbids.
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b|@Dis" + "abled\\b");

    @Test
    void filesAnswerOneQuestion() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : HouseClasses.sources()) {
            int lines = Files.readAllLines(source).size();
            if (lines > MOST_LINES && !TABLES.contains(source.getFileName().toString())) {
                tooLong.add(HouseClasses.HOME.relativize(source) + ": " + lines);
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void nothingIsLeftUnfinished() throws IOException {
        List<String> findings = new ArrayList<>();
        List<Path> sources = HouseClasses.sources();
        for (Path source : sources) {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                if (UNFINISHED.matcher(lines.get(i)).find()) {
                    findings.add(HouseClasses.HOME.relativize(source) + ":" + (i + 1));
                }
            }
        }
        assertEquals(List.of(), findings);
        assertTrue(sources.size() > 20, () -> sources.size() + " sources");
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        TreeSet<String> silent = new TreeSet<>();
        for (Path source : HouseClasses.sources()) {
            Path folder = source.resolveSibling("package-info.java");
            boolean main = source.toString().contains("/src/main/");
            if (main && !source.endsWith("module-info.java") && !Files.exists(folder)) {
                silent.add(HouseClasses.HOME.relativize(folder).toString());
            }
        }
        assertEquals(new TreeSet<>(), silent);
    }
}
