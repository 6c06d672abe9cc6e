package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.cred.Credentials;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program to be run in a machine.
///
/// @param path where it is in the guest
/// @param hostFile the host file to be shown there first, or null if the guest has it
/// @param arguments argv, the program's own name included
/// @param environment `NAME=VALUE` entries
/// @param directory working directory in the guest
/// @param input what it reads from descriptor 0; null = the machine's input
/// @param output where descriptors 1 and 2 go
/// @param credentials who runs it
public record ProgramRequest(
        String path,
        @Nullable Path hostFile,
        List<String> arguments,
        List<String> environment,
        String directory,
        @Nullable ByteBuffer input,
        Output output,
        Credentials credentials) {
    /// The environment of a program unless it is given another one.
    public static final List<String> DEFAULT_ENVIRONMENT =
            List.of(
                    "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
                    "HOME=/root",
                    "TERM=dumb",
                    "LANG=C.UTF-8");

    /// Where output goes.
    public enum Output {
        /// To the machine's output and error streams.
        PASS_THROUGH,
        /// Into the [ProgramResult].
        CAPTURE
    }

    public ProgramRequest {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /// A program that the guest's files contain.
    ///
    /// @param arguments behind the program's name
    public static ProgramRequest inGuest(String path, String... arguments) {
        return make(path, null, arguments);
    }

    /// A program of the host, shown read-only in the guest under its own path.
    ///
    /// @param arguments behind the program's name
    public static ProgramRequest onHost(Path file, String... arguments) {
        Path absolute = file.toAbsolutePath().normalize();
        return make(absolute.toString(), absolute, arguments);
    }

    private static ProgramRequest make(String path, @Nullable Path hostFile, String... arguments) {
        List<String> argv = new ArrayList<>();
        argv.add(path);
        argv.addAll(List.of(arguments));
        return new ProgramRequest(
                path,
                hostFile,
                argv,
                DEFAULT_ENVIRONMENT,
                "/",
                null,
                Output.PASS_THROUGH,
                Credentials.ROOT);
    }

    /// With argv[0] and all arguments replaced.
    public ProgramRequest withArgv(List<String> argv) {
        return new ProgramRequest(
                path, hostFile, argv, environment, directory, input, output, credentials);
    }

    public ProgramRequest withEnvironment(List<String> newEnvironment) {
        return new ProgramRequest(
                path, hostFile, arguments, newEnvironment, directory, input, output, credentials);
    }

    public ProgramRequest withDirectory(String newDirectory) {
        return new ProgramRequest(
                path, hostFile, arguments, environment, newDirectory, input, output, credentials);
    }

    /// With input known beforehand instead of the machine's.
    public ProgramRequest withInput(byte[] newInput) {
        return new ProgramRequest(
                path,
                hostFile,
                arguments,
                environment,
                directory,
                ByteBuffer.wrap(newInput.clone()).asReadOnlyBuffer(),
                output,
                credentials);
    }

    /// As [#withInput(byte[])], in UTF-8.
    public ProgramRequest withInput(String text) {
        return withInput(text.getBytes(StandardCharsets.UTF_8));
    }

    /// With its output kept for [ProgramResult].
    public ProgramRequest capturing() {
        return new ProgramRequest(
                path,
                hostFile,
                arguments,
                environment,
                directory,
                input,
                Output.CAPTURE,
                credentials);
    }

    public ProgramRequest withCredentials(Credentials newCredentials) {
        return new ProgramRequest(
                path, hostFile, arguments, environment, directory, input, output, newCredentials);
    }
}
