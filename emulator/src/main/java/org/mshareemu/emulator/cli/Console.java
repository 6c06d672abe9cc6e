package org.mshareemu.emulator.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The three streams of a command.
///
/// @param in what the guest reads as its standard input
/// @param out the guest's standard output, and that of commands without a guest
/// @param err the guest's standard error, and the emulator's own words
public record Console(InputStream in, PrintStream out, PrintStream err) {
    /// The streams of this process: unbuffered, since the guest has buffers of its own, and byte
    /// for byte.
    static Console ofProcess() {
        return new Console(
                System.in,
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8));
    }
}
