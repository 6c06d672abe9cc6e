package org.mshareemu.emulator.kernel.elf;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Opening;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.PathLookup;
import org.mshareemu.emulator.kernel.vfs.Vfs;

/// A program that was found, opened and understood, ready to replace the one that runs. Owns its
/// files until [#close].
///
/// Linux: struct linux_binprm, exec_binprm(), load_script()
public final class ProgramFile implements AutoCloseable {
    /// How often a script's interpreter may be a script. Linux: exec_binprm()
    private static final int MAX_DEPTH = 5;

    private final ExecutedFile executed;
    private final ElfImage image;
    private final @Nullable OpenFile interpreterFile;
    private final @Nullable ElfImage interpreter;
    private final ProgramArguments arguments;

    private ProgramFile(
            ExecutedFile executed,
            ElfImage image,
            @Nullable OpenFile interpreterFile,
            @Nullable ElfImage interpreter,
            ProgramArguments arguments) {
        this.executed = executed;
        this.image = image;
        this.interpreterFile = interpreterFile;
        this.interpreter = interpreter;
        this.arguments = arguments;
    }

    /// Opens a program by name; scripts are followed to their interpreters.
    ///
    /// @param start where a relative name begins; null = the current directory
    /// @param lookupFlags of [PathLookup]
    /// @param arguments what it is to be given; its exec name is what scripts are told as their
    ///   path
    /// @throws ExecRefusedException as execve(2)
    public static ProgramFile open(
            Vfs vfs,
            CallerContext caller,
            @Nullable Path start,
            String name,
            int lookupFlags,
            ProgramArguments arguments)
            throws ExecRefusedException {
        ExecutedFile file = openExecutable(vfs, caller, start, name, lookupFlags);
        ProgramArguments shifted = arguments;
        String path = arguments.execName();
        byte[] head = new byte[Script.HEAD_BYTES];
        try {
            for (int depth = 0; ; depth++) {
                int length = KernelBuffer.read(file.file(), 0, head, caller);
                Script script = Script.parse(head, length);
                if (script == null) {
                    return openElf(vfs, caller, file, head, length, shifted);
                }
                if (depth == MAX_DEPTH) {
                    throw new ExecRefusedException(
                            Errno.ELOOP, "the interpreters of scripts do not end");
                }
                shifted = shifted.forScript(script, path);
                path = script.interpreter();
                ExecutedFile next = openExecutable(vfs, caller, null, path, PathLookup.FOLLOW);
                file.release();
                file = next;
            }
        } catch (ErrnoException failure) {
            file.release();
            throw new ExecRefusedException(failure.errno(), "cannot be read");
        } catch (ExecRefusedException refusal) {
            file.release();
            throw refusal;
        }
    }

    private static ExecutedFile openExecutable(
            Vfs vfs, CallerContext caller, @Nullable Path start, String name, int lookupFlags)
            throws ExecRefusedException {
        OpenFile file;
        try {
            file = Opening.openExec(vfs, caller, start, name, lookupFlags);
        } catch (ErrnoException failure) {
            throw new ExecRefusedException(failure.errno(), whyNotOpened(failure.errno(), name));
        }
        try {
            return new ExecutedFile(file);
        } catch (ErrnoException busy) {
            file.release();
            throw new ExecRefusedException(busy.errno(), "it is open for writing");
        }
    }

    private static String whyNotOpened(Errno errno, String name) {
        return switch (errno) {
            case ENOENT -> "no such file: " + name;
            case EACCES -> "not executable: " + name;
            case ENOTDIR -> "not a directory on the way to " + name;
            case ELOOP -> "too many symbolic links: " + name;
            case ENAMETOOLONG -> "the name is too long";
            default -> errno.name() + ": " + name;
        };
    }

    private static ProgramFile openElf(
            Vfs vfs,
            CallerContext caller,
            ExecutedFile file,
            byte[] head,
            int headBytes,
            ProgramArguments arguments)
            throws ExecRefusedException {
        ElfImage image = ElfImage.readProgram(file.file(), head, headBytes, caller);
        String path = image.interpreter();
        if (path == null) {
            return new ProgramFile(file, image, null, null, arguments);
        }
        OpenFile interpreterFile;
        try {
            interpreterFile = Opening.openExec(vfs, caller, null, path, PathLookup.FOLLOW);
        } catch (ErrnoException failure) {
            throw new ExecRefusedException(
                    failure.errno(), "its interpreter " + path + " cannot be opened");
        }
        try {
            ElfImage interpreter = ElfImage.readInterpreter(interpreterFile, caller);
            return new ProgramFile(file, image, interpreterFile, interpreter, arguments);
        } catch (ExecRefusedException refusal) {
            interpreterFile.release();
            throw refusal;
        }
    }

    public ElfImage image() {
        return image;
    }

    /// The dynamic linker, or null.
    public @Nullable ElfImage interpreter() {
        return interpreter;
    }

    /// The arguments as the scripts on the way changed them.
    public ProgramArguments arguments() {
        return arguments;
    }

    /// The file that is to be the address space's own.
    public ExecutedFile executed() {
        return executed;
    }

    @Override
    public void close() {
        executed.release();
        if (interpreterFile != null) {
            interpreterFile.release();
        }
    }
}
