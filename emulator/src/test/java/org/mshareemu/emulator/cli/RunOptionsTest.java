package org.mshareemu.emulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mshareemu.emulator.boot.ProgramRequest;

import java.util.List;

class RunOptionsTest {
    private static final RunOptions PLAIN =
            new RunOptions(
                    1,
                    4L << 30,
                    0,
                    ClockChoice.VIRTUAL,
                    0,
                    List.of(),
                    null,
                    ProgramRequest.DEFAULT_ENVIRONMENT,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false,
                    List.of("prog"));

    private static RunOptions parse(String line) throws CommandFailure {
        return RunOptions.parse(List.of(line.split(" ")));
    }

    @Test
    void aProgramAloneRunsWithTheDefaults() throws CommandFailure {
        assertEquals(PLAIN, parse("prog"));
    }

    @Test
    void everyOptionIsUnderstood() throws CommandFailure {
        RunOptions expected =
                new RunOptions(
                        2,
                        64L << 20,
                        16,
                        ClockChoice.REAL,
                        1_500_000_000L,
                        List.of(
                                new BindOption("/a", "/a", false),
                                new BindOption("/b", "/c", true),
                                new BindOption("d", "/e", false)),
                        "/r",
                        List.of("PATH=/bin", "HOME=/root", "TERM=dumb", "LANG=C.UTF-8", "K=v=w"),
                        "/tmp",
                        new LogTarget(null),
                        new LogTarget("f"),
                        new LogTarget("p"),
                        new LogTarget("t"),
                        true,
                        List.of("prog", "--strace", "x"));
        assertEquals(
                expected,
                parse(
                        "--cpus 2 --memory=64M --seed 0x10 --clock real --timeout 1.5 --bind /a"
                            + " --bind /b:/c:rw --bind d:/e --root /r --env K=v=w --env PATH=/bin"
                            + " --cwd /tmp --strace --faults=f --ptdump=p --trace=t --stats prog"
                            + " --strace x"));
    }

    @Test
    void twoDashesEndTheOptions() throws CommandFailure {
        assertEquals(List.of("-prog", "--cpus"), parse("-- -prog --cpus").command());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--cpus prog p | option --cpus needs a whole number from 1 to 64, not 'prog'",
                "--cpus 0 prog | option --cpus needs a whole number from 1 to 64, not '0'",
                "--cpus | option --cpus needs a value: --cpus N",
                "--memory 12Q p | option --memory needs a size from 1M to 1T in whole pages, such"
                        + " as 512M, not '12Q'",
                "--memory 1K p | option --memory needs a size from 1M to 1T in whole pages, such as"
                        + " 512M, not '1K'",
                "--memory 99999T p | option --memory needs a size from 1M to 1T in whole pages,"
                        + " such as 512M, not '99999T'",
                "--seed x p | option --seed needs a number, not 'x'",
                "--clock wall p | option --clock needs virtual or real, not 'wall'",
                "--timeout 0 p | option --timeout needs a number of seconds above 0, not '0'",
                "--timeout soon p | option --timeout needs a number of seconds above 0, not 'soon'",
                "--bind :/x p | option --bind needs HOST[:GUEST][:rw], not ':/x'",
                "--bind /a:x p | option --bind needs an absolute guest path, not 'x'",
                "--env NOVALUE p | option --env needs NAME=VALUE, not 'NOVALUE'",
                "--cwd x p | option --cwd needs an absolute guest path, not 'x'",
                "--stats=1 p | option --stats takes no value",
                "--strace= p | option --strace= needs a file name behind the =",
                "--frobnicate p | unknown option --frobnicate",
                "--stats | run needs a program",
            })
    void aWrongOptionIsNamed(String line, String message) {
        CommandFailure failure = assertThrows(CommandFailure.class, () -> parse(line));
        assertEquals(message + " (see ./emu help)", failure.line());
        assertEquals(ExitStatus.USAGE, failure.status());
    }
}
