package org.mshareemu.emulator.cli;

import org.jspecify.annotations.Nullable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The three streams of a command.
public final class Console {
    private final byte @Nullable [] input;
    private final PrintStream out;
    private final PrintStream err;

    private Console(byte @Nullable [] input, PrintStream out, PrintStream err) {
        this.input = input;
        this.out = out;
        this.err = err;
    }

    /// The streams of this process: the guest gets them as they are, and we write to them
    /// unbuffered, byte for byte.
    static Console ofProcess() {
        return new Console(
                null,
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8));
    }

    /// Input known beforehand; output appears when a guest has ended.
    public static Console of(byte[] input, PrintStream out, PrintStream err) {
        return new Console(input.clone(), out, err);
    }

    /// What the guest reads as its standard input, or null if it gets this process's own streams.
    byte @Nullable [] input() {
        return input;
    }

    /// Output of commands, and what was captured of the guest's.
    PrintStream out() {
        return out;
    }

    /// The emulator's own words, and what was captured of the guest's error output.
    PrintStream err() {
        return err;
    }
}
