package org.mshareemu.emulator.cli;

import java.io.PrintStream;
import java.util.List;

/// What `./emu help` prints.
final class Help {
    static final String VERSION = "0.1.0";

    private static final String HEAD =
            """
            Runs x86-64 Linux programs on an emulated machine whose page tables can be looked at.

            usage: ./emu run [OPTIONS] PROGRAM [ARG...]
                   ./emu demo                    two programs over one shared page table
                   ./emu bench [OPTIONS]         times of small programs, native and emulated
                   ./emu syscalls                which system calls there are
                   ./emu doctor                  what this machine has and lacks
                   ./emu help | --version

            PROGRAM is a path in the guest, or else on the host: an ELF file, or a C file, which is compiled with
            gcc -static -g and kept in the user's cache.

            """;

    private static final String TAIL =
            """

            Exit status: the program's; 128+n if signal n killed it; 1 its C source does not compile; 2 a wrong command
            line or something missing on this machine; 70 a fault of the emulator; 124 time limit; 126 the program cannot be
            run; 127 there is no such program.
            """;

    private static final int INDENT = 26;

    private Help() {}

    static void print(PrintStream out) {
        out.print(HEAD);
        options(out, "options of run:", RunOptions.RULES);
        out.print(TAIL);
    }

    private static void options(PrintStream out, String heading, List<OptionRule> rules) {
        out.print(heading + "\n");
        for (OptionRule rule : rules) {
            String synopsis = "  " + rule.synopsis();
            String gap =
                    synopsis.length() < INDENT
                            ? " ".repeat(INDENT - synopsis.length())
                            : "\n" + " ".repeat(INDENT);
            out.print(synopsis + gap + rule.help().replace("\n", "\n" + " ".repeat(INDENT)) + "\n");
        }
    }
}
