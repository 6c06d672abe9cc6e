package org.mshareemu.emulator.cli;

import org.mshareemu.emulator.boot.Machine;
import org.mshareemu.emulator.boot.ProgramRefusedException;
import org.mshareemu.emulator.boot.ProgramRequest;
import org.mshareemu.emulator.boot.ProgramResult;
import org.mshareemu.emulator.boot.RunningProgram;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// `./emu demo`: the donor and the consumer of the mshare cover letter, side by side in one
/// machine.
final class DemoCommand {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private DemoCommand() {}

    static int run(Console console, List<String> arguments) throws CommandFailure {
        if (!arguments.isEmpty()) {
            throw CommandFailure.usage("demo takes no argument " + arguments.getFirst());
        }
        Path donorFile = GuestProgramFiles.find("donor");
        Path consumerFile = GuestProgramFiles.find("consumer");
        DemoStory story = new DemoStory();
        try (Machine machine = Machine.builder().listener(story).timeout(LIMIT).build()) {
            RunningProgram donor = machine.start(ProgramRequest.onHost(donorFile).capturing());
            RunningProgram consumer =
                    machine.start(ProgramRequest.onHost(consumerFile).capturing());
            ProgramResult consumed = machine.await(consumer);
            ProgramResult donated = machine.await(donor);
            if (consumed.status() != 0 || donated.status() != 0 || !story.isComplete()) {
                console.err().writeBytes(donated.output());
                console.err().writeBytes(consumed.output());
                throw CommandFailure.of(
                        ExitStatus.KERNEL_BUG,
                        "the demo failed: donor ended with "
                                + donated.status()
                                + ", consumer with "
                                + consumed.status());
            }
            story.tell(console.out(), text(donated) + text(consumed));
            return ExitStatus.OK;
        } catch (ProgramRefusedException refused) {
            throw CommandFailure.of(refused.status(), String.valueOf(refused.getMessage()));
        }
    }

    private static String text(ProgramResult result) {
        return new String(result.output(), StandardCharsets.ISO_8859_1);
    }
}
