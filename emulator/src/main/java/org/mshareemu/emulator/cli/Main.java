package org.mshareemu.emulator.cli;

import org.mshareemu.emulator.capstone.DisassemblerException;
import org.mshareemu.emulator.unicorn.UnsupportedEngineException;

import java.util.Arrays;
import java.util.List;

/// The command line: `./emu COMMAND …`. Commands are loaded only when they are asked for, as
/// starting a program must stay cheap.
public final class Main {
    private Main() {}

    /// Runs one command and ends the JVM with its status.
    public static void main(String[] arguments) {
        int status = run(Console.ofProcess(), arguments);
        System.exit(status);
    }

    /// Runs one command in this JVM.
    ///
    /// @param console where the command and the guest read and write
    /// @return the exit status
    public static int run(Console console, String... arguments) {
        try {
            return dispatch(console, arguments);
        } catch (CommandFailure failure) {
            if (!failure.line().isEmpty()) {
                console.err().print("emu: " + failure.line() + "\n");
            }
            return failure.status();
        } catch (UnsupportedEngineException | DisassemblerException missing) {
            console.err().print("emu: " + missing.getMessage() + "\n");
            return ExitStatus.USAGE;
        } catch (RuntimeException | Error bug) {
            // Ours, whatever it is: never a dead JVM without a word.
            console.err().print("emu: fault of the emulator: " + bug + "\n");
            bug.printStackTrace(console.err());
            return ExitStatus.KERNEL_BUG;
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private static int dispatch(Console console, String... arguments) throws CommandFailure {
        if (arguments.length == 0) {
            throw CommandFailure.usage("no command given");
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        return switch (arguments[0]) {
            case "run" -> RunCommand.run(console, rest);
            case "demo" -> DemoCommand.run(console, rest);
            case "bench" -> BenchCommand.run(console, rest);
            case "syscalls" -> SyscallsCommand.run(console, rest);
            case "help", "--help", "-h" -> {
                Help.print(console.out());
                yield ExitStatus.OK;
            }
            case "--version" -> {
                console.out().print("mshare-emu " + Help.VERSION + "\n");
                yield ExitStatus.OK;
            }
            default -> throw CommandFailure.usage("unknown command " + arguments[0]);
        };
    }
}
