package org.mshareemu.emulator.kernel.mm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The native kernel, asked through a small C program.
final class NativeOracle implements AutoCloseable {
    private final Process process;
    private final OutputStream requests;
    private final BufferedReader answers;
    private final ByteBuffer record = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);

    /// Compiles the program into a directory.
    ///
    /// @return the executable, or null where there is no C compiler
    static @org.jspecify.annotations.Nullable Path compile(Path directory)
            throws IOException, InterruptedException {
        Path source = directory.resolve("mm_oracle.c");
        try (InputStream text = NativeOracle.class.getResourceAsStream("mm_oracle.c")) {
            if (text == null) {
                throw new IOException("mm_oracle.c is missing");
            }
            Files.write(source, text.readAllBytes());
        }
        Path program = directory.resolve("mm_oracle");
        try {
            Process compiler =
                    new ProcessBuilder(
                                    "gcc",
                                    "-O1",
                                    "-static",
                                    "-o",
                                    program.toString(),
                                    source.toString())
                            .inheritIO()
                            .start();
            return compiler.waitFor() == 0 ? program : null;
        } catch (IOException _) {
            return null; // no compiler on this machine
        }
    }

    NativeOracle(Path program) throws IOException {
        process =
                new ProcessBuilder(program.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        requests = process.getOutputStream();
        answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /// Does one operation; returns "result faults area area …".
    String ask(long... words) throws IOException {
        record.clear();
        for (int i = 0; i < 8; i++) {
            record.putLong(i < words.length ? words[i] : 0);
        }
        requests.write(record.array());
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the native program ended");
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
