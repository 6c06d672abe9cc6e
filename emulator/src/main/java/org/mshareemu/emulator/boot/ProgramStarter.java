package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Wait;
import org.mshareemu.emulator.kernel.elf.ExecRefusedException;
import org.mshareemu.emulator.kernel.elf.ProgramArguments;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.PathLookup;
import org.mshareemu.emulator.kernel.vfs.devfs.BufferEndpoint;
import org.mshareemu.emulator.kernel.vfs.devfs.ConsoleEndpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Makes the first task of a program. Linux: run_init_process()
final class ProgramStarter {
    private static final int UMASK = 022;

    private final Wiring wiring;
    private final Kernel kernel;

    ProgramStarter(Wiring wiring) {
        this.wiring = wiring;
        this.kernel = wiring.kernel();
    }

    RunningProgram start(ProgramRequest request) throws ProgramRefusedException {
        BufferEndpoint output = null;
        BufferEndpoint error = null;
        if (request.output() == ProgramRequest.Output.CAPTURE) {
            output = BufferEndpoint.capture();
            error = BufferEndpoint.capture();
        }
        ByteBuffer given = request.input();
        ConsoleEndpoint input =
                given == null
                        ? wiring.input()
                        : new BufferEndpoint(ConsoleEndpoint.Kind.PIPE, content(given));
        Task task = spawn(request);
        try {
            wiring.files()
                    .console()
                    .install(
                            task.files(),
                            input,
                            output == null ? wiring.output() : output,
                            error == null ? wiring.error() : error,
                            task.caller());
        } catch (ErrnoException failure) {
            throw new KernelBug("standard streams cannot be opened", failure);
        }
        exec(task, request);
        kernel.listener().taskStarted(task);
        kernel.scheduler().enqueueNew(task);
        return new RunningProgram(task.group(), output, error);
    }

    private static byte[] content(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private Task spawn(ProgramRequest request) throws ProgramRefusedException {
        Path root = kernel.vfs().namespace().rootPath();
        Path directory;
        try {
            directory =
                    kernel.vfs()
                            .paths()
                            .resolve(
                                    wiring.files().caller(),
                                    bytes(request.directory()),
                                    PathLookup.FOLLOW | PathLookup.DIRECTORY);
        } catch (ErrnoException failure) {
            throw ProgramRefusedException.ofDirectory(request.directory(), failure.errno());
        }
        try {
            return kernel.clones()
                    .spawn(
                            request.credentials(),
                            new FileTable(),
                            new FsContext(root, directory, UMASK));
        } catch (ErrnoException failure) {
            throw new KernelBug("no process number is free", failure);
        }
    }

    private void exec(Task task, ProgramRequest request) throws ProgramRefusedException {
        String path = bytes(request.path());
        ProgramArguments arguments =
                new ProgramArguments(
                        path, bytes(request.arguments()), bytes(request.environment()));
        try {
            kernel.execs().exec(task, null, path, PathLookup.FOLLOW, arguments);
        } catch (ExecRefusedException refused) {
            kernel.exits().exit(task, Wait.exited(ProgramRefusedException.NOT_FOUND_STATUS));
            throw new ProgramRefusedException(request.path(), refused.reason(), refused.errno());
        } catch (BlockedException blocked) {
            throw new KernelBug("a first program blocked in execve", blocked);
        }
    }

    /// Text of the host as the guest's bytes, one char each.
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static List<String> bytes(List<String> texts) {
        return texts.stream().map(ProgramStarter::bytes).toList();
    }
}
