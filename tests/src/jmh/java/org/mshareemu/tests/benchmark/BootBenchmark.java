package org.mshareemu.tests.benchmark;

import org.mshareemu.emulator.boot.Machine;
import org.mshareemu.emulator.boot.ProgramRefusedException;
import org.mshareemu.emulator.boot.ProgramRequest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// What a machine costs in a running JVM: booted and closed, and with one small program run in it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BootBenchmark {
    private final Path hello =
            Path.of(
                    Objects.requireNonNull(System.getProperty("mshareemu.home")),
                    "guest-programs/target/bin/hello");

    @Benchmark
    public int bootAndClose() {
        try (Machine machine = Machine.builder().build()) {
            return machine.cpuStatistics().size();
        }
    }

    @Benchmark
    public int bootRunHelloAndClose() throws ProgramRefusedException {
        try (Machine machine = Machine.builder().build()) {
            return machine.run(ProgramRequest.onHost(hello).capturing()).status();
        }
    }
}
