package org.mshareemu.emulator.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A C file turned into a static program by the host's compiler, kept in the user's cache.
///
/// The cache key is made of the source's bytes, its folder (which decides what `#include "…"`
/// means), the flags and the compiler: its real path, size and time stand for its version, as
/// asking it would start a process. The headers of the user's own that went in are listed beside
/// the program with their hashes and are looked at again before it is used. An entry appears in one
/// step, so several runs at a time are fine.
final class CompiledSource {
    private static final List<String> FLAGS = List.of("-static", "-g");
    private static final String COMPILER = "gcc";
    private static final String INSTALL =
            "gcc is missing; install it: apt-get install gcc libc6-dev";

    private final Path source;
    private final Path cache;
    private final String searchPath;

    /// @param source the C file
    /// @param cache folder of all compiled programs, made when needed
    /// @param searchPath where the compiler is looked for, as PATH has it
    CompiledSource(Path source, Path cache, String searchPath) {
        this.source = source.toAbsolutePath().normalize();
        this.cache = cache;
        this.searchPath = searchPath;
    }

    /// The cache of the user whose environment this is.
    static Path userCache(@Nullable String xdgCacheHome, String userHome) {
        boolean isSet = xdgCacheHome != null && xdgCacheHome.startsWith("/");
        return (isSet ? Path.of(xdgCacheHome) : Path.of(userHome, ".cache"))
                .resolve("mshare-emu")
                .resolve("programs");
    }

    /// The program, compiled now if the cache lacks it.
    ///
    /// @param messages where the compiler's words go
    /// @throws CommandFailure if there is no compiler, or it refuses the source
    Path program(PrintStream messages) throws CommandFailure {
        Path compiler = findCompiler();
        String name = programName();
        try {
            Path entry = cache.resolve(key(compiler));
            Path program = entry.resolve(name);
            if (Files.isExecutable(program) && areHeadersUnchanged(entry.resolve("headers"))) {
                return program;
            }
            Files.createDirectories(entry);
            compile(compiler, entry, name, messages);
            return program;
        } catch (IOException failure) {
            throw CommandFailure.of(
                    ExitStatus.USAGE,
                    "cannot compile " + source + ": " + HostFailure.reason(failure));
        }
    }

    private String programName() {
        String file = String.valueOf(source.getFileName());
        return file.endsWith(".c") ? file.substring(0, file.length() - 2) : file;
    }

    private Path findCompiler() throws CommandFailure {
        for (String folder : searchPath.split(":", -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, COMPILER);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw CommandFailure.missing(INSTALL);
    }

    private String key(Path compiler) throws IOException {
        Path real = compiler.toRealPath();
        MessageDigest digest = sha256();
        String facts =
                real
                        + "\n"
                        + Files.size(real)
                        + "\n"
                        + Files.getLastModifiedTime(real).toMillis()
                        + "\n"
                        + String.join(" ", FLAGS)
                        + "\n"
                        + source.getParent()
                        + "\n";
        digest.update(facts.getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(source));
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private void compile(Path compiler, Path entry, String name, PrintStream messages)
            throws IOException, CommandFailure {
        Path work = Files.createTempDirectory(cache, "compile");
        try {
            Path program = work.resolve(name);
            Path rule = work.resolve("rule");
            List<String> command = new ArrayList<>(List.of(compiler.toString()));
            command.addAll(FLAGS);
            command.addAll(
                    List.of(
                            "-MMD",
                            "-MF",
                            rule.toString(),
                            "-MT",
                            "program",
                            "-o",
                            program.toString(),
                            source.toString(),
                            "-lm"));
            int status = run(command, messages);
            if (status != 0) {
                throw CommandFailure.of(
                        ExitStatus.COMPILE_ERROR,
                        source + ": " + COMPILER + " ended with status " + status);
            }
            Path headers = work.resolve("headers");
            Files.write(headers, headerLines(Files.readString(rule)));
            // The program goes last: an entry without it is compiled again.
            Files.move(headers, entry.resolve("headers"), StandardCopyOption.ATOMIC_MOVE);
            Files.move(program, entry.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            remove(work);
        }
    }

    private static int run(List<String> command, PrintStream messages) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream words = process.getInputStream()) {
            words.transferTo(messages);
        }
        messages.flush();
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /// `hash path` of each prerequisite in a make rule, but the source itself.
    private List<String> headerLines(String rule) throws IOException {
        List<String> lines = new ArrayList<>();
        String prerequisites =
                rule.substring(rule.indexOf(':') + 1).replace("\\\n", " ").replace("\\ ", "\0");
        for (String word : prerequisites.split("[ \n]+", -1)) {
            Path header = Path.of(word.replace('\0', ' ')).toAbsolutePath().normalize();
            if (!word.isEmpty() && !header.equals(source)) {
                lines.add(hash(header) + " " + header);
            }
        }
        return lines;
    }

    private static boolean areHeadersUnchanged(Path list) throws IOException {
        if (!Files.exists(list)) {
            return false;
        }
        for (String line : Files.readAllLines(list)) {
            int blank = line.indexOf(' ');
            Path header = Path.of(line.substring(blank + 1));
            if (!Files.isReadable(header) || !hash(header).equals(line.substring(0, blank))) {
                return false;
            }
        }
        return true;
    }

    private static String hash(Path file) throws IOException {
        return HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
