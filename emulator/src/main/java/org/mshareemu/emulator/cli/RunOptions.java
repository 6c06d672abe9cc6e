package org.mshareemu.emulator.cli;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.boot.ProgramRequest;

import java.util.List;

/// What `./emu run` was asked for, checked as far as possible without touching a file.
///
/// @param cpus virtual CPUs
/// @param memoryBytes physical memory, a multiple of 4096
/// @param seed of everything random in the machine
/// @param clock what drives the machine's time
/// @param timeoutNanos host time the run may take, or 0 for no limit
/// @param binds host files shown in the guest
/// @param root host directory that is the guest's root, or null for a root in memory
/// @param environment `NAME=VALUE` entries
/// @param cwd the program's working directory in the guest, or null for the default
/// @param strace where the system-call log goes, or null for none
/// @param faults where the page-fault log goes, or null for none
/// @param ptdump where the page tables are written at the end, or null for nowhere
/// @param trace where the instruction trace goes, or null for none
/// @param statistics whether numbers are printed at the end
/// @param command PROGRAM and its arguments
record RunOptions(
        int cpus,
        long memoryBytes,
        long seed,
        ClockChoice clock,
        long timeoutNanos,
        List<BindOption> binds,
        @Nullable String root,
        List<String> environment,
        @Nullable String cwd,
        @Nullable LogTarget strace,
        @Nullable LogTarget faults,
        @Nullable LogTarget ptdump,
        @Nullable LogTarget trace,
        boolean statistics,
        List<String> command) {
    /// Physical memory is only reserved, so the default can be generous.
    static final long DEFAULT_MEMORY_BYTES = 4L << 30;

    /// Below this not even one static program fits beside the kernel's tables.
    static final long LEAST_MEMORY_BYTES = 1L << 20;

    /// The engine and the frame table were tried up to here.
    static final long MOST_MEMORY_BYTES = 1L << 40;

    /// More CPUs than this only cost memory: they are time slices of one host thread.
    static final int MOST_CPUS = 64;

    static final List<OptionRule> RULES =
            List.of(
                    OptionRule.required("--cpus", "N", "virtual CPUs (1)"),
                    OptionRule.required(
                            "--memory", "SIZE", "physical memory, with suffix K, M, G or T (4G)"),
                    OptionRule.required("--seed", "N", "seed of random numbers (0)"),
                    OptionRule.required(
                            "--clock",
                            "virtual|real",
                            "what time is (virtual: it passes with instructions\n"
                                    + "and jumps when all sleep)"),
                    OptionRule.required(
                            "--timeout",
                            "SECONDS",
                            "end after so much real time with status 124, and say\n"
                                    + "where each task was"),
                    OptionRule.required(
                            "--bind",
                            "HOST[:GUEST][:rw]",
                            "show a host file or directory in the guest,\n"
                                    + "read-only unless :rw; may be repeated"),
                    OptionRule.required(
                            "--root",
                            "DIR",
                            "the guest's root is DIR, never written: writes stay in\n"
                                    + "memory; --root / runs this machine's own programs"),
                    OptionRule.required(
                            "--env",
                            "K=V",
                            "add to the environment, which holds PATH, HOME=/root,\n"
                                    + "TERM=dumb and LANG=C.UTF-8; may be repeated"),
                    OptionRule.required("--cwd", "DIR", "working directory in the guest (/)"),
                    OptionRule.optional("--strace", "FILE", "log system calls and signals"),
                    OptionRule.optional("--faults", "FILE", "log page faults"),
                    OptionRule.optional("--ptdump", "FILE", "write all page tables at the end"),
                    OptionRule.optional(
                            "--trace",
                            "FILE",
                            "log every instruction with the registers it changed;\n"
                                    + "slow, for short programs"),
                    OptionRule.flag("--stats", "print numbers at the end"));

    /// @throws CommandFailure naming the option that is wrong
    static RunOptions parse(List<String> arguments) throws CommandFailure {
        ParsedArguments parsed = ParsedArguments.parse(arguments, RULES);
        if (parsed.rest().isEmpty()) {
            throw CommandFailure.usage("run needs a program");
        }
        return new RunOptions(
                (int) parsed.number("--cpus", 1, MOST_CPUS, 1),
                memory(parsed.value("--memory")),
                seed(parsed.value("--seed")),
                clock(parsed.value("--clock")),
                timeout(parsed.value("--timeout")),
                binds(parsed.values("--bind")),
                parsed.value("--root"),
                environment(parsed.values("--env")),
                absolute("--cwd", parsed.value("--cwd")),
                LogTarget.of(parsed, "--strace"),
                LogTarget.of(parsed, "--faults"),
                LogTarget.of(parsed, "--ptdump"),
                LogTarget.of(parsed, "--trace"),
                parsed.has("--stats"),
                parsed.rest());
    }

    private static long memory(@Nullable String value) throws CommandFailure {
        if (value == null) {
            return DEFAULT_MEMORY_BYTES;
        }
        long bytes = sizeBytes(value);
        if (bytes < LEAST_MEMORY_BYTES || bytes > MOST_MEMORY_BYTES || (bytes & 4095) != 0) {
            throw CommandFailure.usage(
                    "option --memory needs a size from 1M to 1T in whole pages, such as 512M, not '"
                            + value
                            + "'");
        }
        return bytes;
    }

    /// Digits and an optional suffix K, M, G or T; -1 for anything else.
    private static long sizeBytes(String value) {
        int digits = 0;
        long number = 0;
        while (digits < value.length() && digits < 15 && Character.isDigit(value.charAt(digits))) {
            number = number * 10 + Character.digit(value.charAt(digits), 10);
            digits++;
        }
        if (digits == 0 || value.length() - digits > 1) {
            return -1;
        }
        int shift =
                switch (value.substring(digits)) {
                    case "" -> 0;
                    case "K", "k" -> 10;
                    case "M", "m" -> 20;
                    case "G", "g" -> 30;
                    case "T", "t" -> 40;
                    default -> -1;
                };
        return shift < 0 || number > MOST_MEMORY_BYTES >>> shift ? -1 : number << shift;
    }

    private static long seed(@Nullable String value) throws CommandFailure {
        if (value == null) {
            return 0;
        }
        try {
            return Long.decode(value);
        } catch (NumberFormatException _) {
            throw CommandFailure.usage("option --seed needs a number, not '" + value + "'");
        }
    }

    private static ClockChoice clock(@Nullable String value) throws CommandFailure {
        if (value == null || value.equals("virtual")) {
            return ClockChoice.VIRTUAL;
        }
        if (value.equals("real")) {
            return ClockChoice.REAL;
        }
        throw CommandFailure.usage("option --clock needs virtual or real, not '" + value + "'");
    }

    private static long timeout(@Nullable String value) throws CommandFailure {
        if (value == null) {
            return 0;
        }
        try {
            double seconds = Double.parseDouble(value);
            if (seconds > 0 && seconds <= 1e9) {
                return Math.max(1, (long) (seconds * 1e9));
            }
        } catch (NumberFormatException _) {
            // Reported below, as a number out of range is.
        }
        throw CommandFailure.usage(
                "option --timeout needs a number of seconds above 0, not '" + value + "'");
    }

    private static List<BindOption> binds(List<String> values) throws CommandFailure {
        BindOption[] binds = new BindOption[values.size()];
        for (int i = 0; i < binds.length; i++) {
            binds[i] = BindOption.parse(values.get(i));
        }
        return List.of(binds);
    }

    private static List<String> environment(List<String> added) throws CommandFailure {
        if (added.isEmpty()) {
            return ProgramRequest.DEFAULT_ENVIRONMENT;
        }
        return Environment.merge(ProgramRequest.DEFAULT_ENVIRONMENT, added);
    }

    private static @Nullable String absolute(String option, @Nullable String path)
            throws CommandFailure {
        if (path != null && !path.startsWith("/")) {
            throw CommandFailure.usage(
                    "option " + option + " needs an absolute guest path, not '" + path + "'");
        }
        return path;
    }
}
