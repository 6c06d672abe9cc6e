package org.mshareemu.emulator.cli;

import net.fornwall.jelf.ElfDynamicSection;
import net.fornwall.jelf.ElfException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The host files that a dynamic program needs beside itself: its interpreter and, all the way
/// down, its libraries. They are looked for as ld.so(8) does, without LD_LIBRARY_PATH and the
/// cache.
final class SharedLibraries {
    private static final List<String> DEFAULT_FOLDERS =
            List.of(
                    "/lib/x86_64-linux-gnu",
                    "/usr/lib/x86_64-linux-gnu",
                    "/lib64",
                    "/usr/lib64",
                    "/lib",
                    "/usr/lib");

    private static final Path CONFIGURATION = Path.of("/etc/ld.so.conf");

    /// Program headers follow the file header in every file a linker writes.
    private static final int HEAD_BYTES = 4096;

    private static final int ELF_HEADER_BYTES = 64;
    private static final int E_PHOFF = 32;
    private static final int E_PHENTSIZE = 54;
    private static final int E_PHNUM = 56;

    private final Set<Path> found = new LinkedHashSet<>();
    private final Deque<Path> toRead = new ArrayDeque<>();
    private final List<String> folders = new ArrayList<>();

    private SharedLibraries() throws IOException {
        readConfiguration(CONFIGURATION, 0);
        folders.addAll(DEFAULT_FOLDERS);
    }

    /// The files a program needs; none for a static one, or for what is no program.
    ///
    /// @throws CommandFailure naming a library that is nowhere
    static List<Path> of(Path program) throws CommandFailure {
        try {
            if (!hasInterpreter(program)) {
                return List.of();
            }
            SharedLibraries libraries = new SharedLibraries();
            libraries.toRead.add(program);
            while (!libraries.toRead.isEmpty()) {
                libraries.read(libraries.toRead.remove());
            }
            return List.copyOf(libraries.found);
        } catch (IOException failure) {
            throw CommandFailure.of(
                    ExitStatus.CANNOT_RUN, program + ": " + HostFailure.reason(failure));
        }
    }

    /// Whether a program header says so. Looked up by hand: it is asked for every program, and most
    /// are static.
    private static boolean hasInterpreter(Path program) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(program)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        if (head.length < ELF_HEADER_BYTES || head[0] != 0x7f || head[1] != 'E') {
            return false;
        }
        ByteBuffer elf = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long at = elf.getLong(E_PHOFF);
        int size = elf.getShort(E_PHENTSIZE) & 0xffff;
        for (int i = elf.getShort(E_PHNUM) & 0xffff;
                i > 0 && size >= 4 && at >= 0 && at <= head.length - 4;
                i--) {
            if (elf.getInt((int) at) == ElfSegment.PT_INTERP) {
                return true;
            }
            at += size;
        }
        return false;
    }

    private void read(Path file) throws IOException, CommandFailure {
        ElfFile elf;
        try {
            elf = ElfFile.from(file.toFile());
        } catch (ElfException _) {
            return;
        }
        String interpreter = elf.getInterpreter();
        if (interpreter != null && Files.exists(Path.of(interpreter))) {
            add(Path.of(interpreter));
        }
        ElfDynamicSection dynamic = elf.getDynamicSection();
        if (dynamic == null) {
            return;
        }
        String runPath = dynamic.getRunPath();
        for (String name : dynamic.getNeededLibraries()) {
            Path library = search(name, runPath, file);
            if (library == null) {
                throw CommandFailure.of(
                        ExitStatus.NOT_FOUND,
                        file + ": needs the library " + name + ", which is not on this machine");
            }
            add(library);
        }
    }

    private void add(Path library) {
        if (found.add(library)) {
            toRead.add(library);
        }
    }

    private @Nullable Path search(String name, @Nullable String runPath, Path user) {
        if (name.indexOf('/') >= 0) {
            return existing(Path.of(name));
        }
        if (runPath != null) {
            Path origin = user.toAbsolutePath().getParent();
            for (String folder : runPath.split(":", -1)) {
                String real =
                        folder.replace("$ORIGIN", String.valueOf(origin))
                                .replace("${ORIGIN}", String.valueOf(origin));
                Path library = real.isEmpty() ? null : existing(Path.of(real, name).normalize());
                if (library != null) {
                    return library;
                }
            }
        }
        for (String folder : folders) {
            Path library = existing(Path.of(folder, name));
            if (library != null) {
                return library;
            }
        }
        return null;
    }

    private static @Nullable Path existing(Path file) {
        return Files.isReadable(file) ? file : null;
    }

    private void readConfiguration(Path file, int depth) throws IOException {
        if (depth > 3 || !Files.isReadable(file)) {
            return;
        }
        for (String line : Files.readAllLines(file)) {
            String text = line.replaceFirst("#.*", "").strip();
            if (text.startsWith("include ")) {
                include(text.substring("include ".length()).strip(), depth);
            } else if (!text.isEmpty()) {
                folders.add(text);
            }
        }
    }

    private void include(String pattern, int depth) throws IOException {
        Path path = Path.of(pattern);
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, String.valueOf(path.getFileName()))) {
            List<Path> sorted = new ArrayList<>();
            files.forEach(sorted::add);
            sorted.sort(null);
            for (Path file : sorted) {
                readConfiguration(file, depth + 1);
            }
        }
    }
}
