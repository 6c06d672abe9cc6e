package org.mshareemu.tests.guest;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Signals;

import java.util.ArrayList;
import java.util.List;

/// One run of a guest program, as `guest-programs/manifest.txt` describes it; the format is
/// explained there.
///
/// @param program the program's name, a file in the folder of built programs
/// @param arguments its arguments; `@` stands for that folder and a slash
/// @param isNative whether a plain Linux kernel can run it
/// @param status the status a shell would see: the exit status, or 128 + the signal that kills it
/// @param golden file with its standard output, or null to compare with a native run only
/// @param comparesStderr whether standard error is compared too
/// @param stdin file that is its standard input, or null for an empty one
/// @param environment its whole environment
/// @param options options of the emulator
/// @param needs the tool without which the program was not built, or null
record ManifestLine(
        String program,
        List<String> arguments,
        boolean isNative,
        int status,
        @Nullable String golden,
        boolean comparesStderr,
        @Nullable String stdin,
        List<String> environment,
        List<String> options,
        @Nullable String needs) {
    /// All runs of a manifest.
    ///
    /// @param lines the file's lines
    static List<ManifestLine> parseAll(List<String> lines) {
        List<ManifestLine> runs = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && line.charAt(0) != '#') {
                try {
                    runs.add(parse(line));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "manifest line " + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return runs;
    }

    private static ManifestLine parse(String line) {
        String[] pieces = line.split("\\|", -1);
        List<String> command = words(pieces[0]);
        Boolean isNative = null;
        int status = 0;
        String golden = null;
        boolean comparesStderr = false;
        String stdin = null;
        String needs = null;
        List<String> environment = new ArrayList<>();
        List<String> options = List.of();
        for (int i = 1; i < pieces.length; i++) {
            String piece = pieces[i].strip();
            int equals = piece.indexOf('=');
            String key = piece.substring(0, Math.max(0, equals));
            String value = piece.substring(equals + 1);
            switch (key) {
                case "native" -> isNative = value.equals("yes");
                case "status" -> status = Integer.parseInt(value);
                case "signal" -> status = 128 + signal(value);
                case "golden" -> golden = value;
                case "stderr" -> comparesStderr = value.equals("yes");
                case "stdin" -> stdin = value;
                case "env" -> environment.add(value);
                case "options" -> options = words(value);
                case "needs" -> needs = value;
                default -> throw new IllegalArgumentException("unknown field '" + piece + "'");
            }
        }
        if (isNative == null) {
            throw new IllegalArgumentException("native= is missing");
        }
        if (!isNative && golden == null) {
            golden = command.getFirst() + ".out";
        }
        return new ManifestLine(
                command.getFirst(),
                command.subList(1, command.size()),
                isNative,
                status,
                golden,
                comparesStderr,
                stdin,
                environment,
                options,
                needs);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    private static int signal(String name) {
        for (int signo = 1; signo <= Signals.NSIG; signo++) {
            if (Signals.name(signo).equals(name)) {
                return signo;
            }
        }
        throw new IllegalArgumentException("unknown signal " + name);
    }

    /// What the run is called in reports: its command.
    String displayName() {
        return arguments.isEmpty() ? program : program + " " + String.join(" ", arguments);
    }
}
