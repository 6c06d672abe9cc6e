package org.mshareemu.emulator.cli;

import org.mshareemu.emulator.boot.Bind;
import org.mshareemu.emulator.boot.ClockKind;
import org.mshareemu.emulator.boot.Machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// From the options of a command line to a machine.
final class MachineSetup {
    private MachineSetup() {}

    /// A builder with everything the options say about the machine; observers and streams are for
    /// the caller to add.
    ///
    /// @throws CommandFailure naming a host file that is not there
    static Machine.Builder builder(RunOptions options, List<BindOption> programBinds)
            throws CommandFailure {
        Machine.Builder builder =
                Machine.builder()
                        .cpus(options.cpus())
                        .memory(options.memoryBytes())
                        .seed(options.seed())
                        .clock(
                                options.clock() == ClockChoice.REAL
                                        ? ClockKind.REAL
                                        : ClockKind.VIRTUAL);
        if (options.timeoutNanos() != 0) {
            builder.timeout(Duration.ofNanos(options.timeoutNanos()));
        }
        String root = options.root();
        if (root != null) {
            if (!Files.isDirectory(Path.of(root))) {
                throw CommandFailure.of(
                        ExitStatus.USAGE, "cannot use " + root + " as root: it is no directory");
            }
            builder.root(Path.of(root));
        }
        for (BindOption bind : programBinds) {
            builder.bind(toBind(bind));
        }
        for (BindOption bind : options.binds()) {
            if (!Files.exists(Path.of(bind.host()))) {
                throw CommandFailure.of(
                        ExitStatus.USAGE,
                        "cannot bind " + bind.host() + ": No such file or directory");
            }
            builder.bind(toBind(bind));
        }
        return builder;
    }

    private static Bind toBind(BindOption bind) {
        Path host = Path.of(bind.host());
        return bind.isWritable()
                ? Bind.readWrite(host, bind.guest())
                : Bind.readOnly(host, bind.guest());
    }
}
