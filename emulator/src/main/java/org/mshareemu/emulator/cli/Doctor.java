package org.mshareemu.emulator.cli;

import org.mshareemu.emulator.nativelib.LibrarySearch;
import org.mshareemu.emulator.nativelib.NativeLibraries;
import org.mshareemu.emulator.nativelib.NativeLibrary;
import org.mshareemu.emulator.unicorn.EngineLayout;
import org.mshareemu.emulator.unicorn.UnsupportedEngineException;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The part of `./emu doctor` that needs Java: are the native libraries there, and which ones are
/// they?
///
/// The versions are asked without the bindings, which refuse a library that does not suit them.
public final class Doctor {
    private static final String SELF_TEST = "self-test";

    private final PrintStream out;
    private boolean allThere = true;

    private Doctor(PrintStream out) {
        this.out = out;
    }

    /// Prints a line per library; exit status 2 if one is missing or does not load.
    public static void main(String[] arguments) {
        Doctor doctor = new Doctor(System.out);
        doctor.library(NativeLibrary.UNICORN, "uc_version");
        doctor.library(NativeLibrary.CAPSTONE, "cs_version");
        doctor.selfTest();
        System.exit(doctor.allThere ? ExitStatus.OK : ExitStatus.USAGE);
    }

    private void library(NativeLibrary library, String versionFunction) {
        LibrarySearch search = NativeLibraries.search(library);
        Path file = search.found();
        if (file == null) {
            missing(library, search.advice());
            return;
        }
        try {
            row("ok", name(library), version(file, versionFunction) + "  " + file);
        } catch (Throwable e) {
            missing(library, file + " cannot be used: " + e.getMessage());
        }
    }

    /// The engine's own start-up test, which finds where things stand in its structures.
    private void selfTest() {
        try {
            int contextBytes = EngineLayout.get().contextBytes();
            row("ok", SELF_TEST, "passed; a context has " + contextBytes + " bytes");
        } catch (UnsupportedEngineException e) {
            allThere = false;
            row("MISSING", SELF_TEST, String.valueOf(e.getMessage()));
        }
    }

    /// Both libraries have `unsigned version(unsigned *major, unsigned *minor)`.
    private static String version(Path file, String function) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle version =
                    Linker.nativeLinker()
                            .downcallHandle(
                                    SymbolLookup.libraryLookup(file, arena).findOrThrow(function),
                                    FunctionDescriptor.of(
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.ADDRESS));
            MemorySegment major = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment minor = arena.allocate(ValueLayout.JAVA_INT);
            int whole = (int) version.invokeExact(major, minor);
            String text =
                    major.get(ValueLayout.JAVA_INT, 0) + "." + minor.get(ValueLayout.JAVA_INT, 0);
            // Unicorn packs major, minor, patch and an extra byte; Capstone has no patch number to
            // tell.
            return function.equals("uc_version") ? text + "." + (whole >>> 8 & 0xff) : text;
        }
    }

    private void missing(NativeLibrary library, String text) {
        allThere = false;
        row("MISSING", name(library), text);
    }

    private static String name(NativeLibrary library) {
        return switch (library) {
            case UNICORN -> "engine";
            case CAPSTONE -> "disassembler";
        };
    }

    private void row(String mark, String name, String text) {
        out.printf("%-8s %-15s %s%n", mark, name, text);
    }
}
