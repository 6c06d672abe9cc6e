package org.mshareemu.emulator.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What PROGRAM of a command line stands for.
///
/// @param guestPath where it is in the guest
/// @param binds host files that must be shown for it, each at its host path: the program, its
///   interpreter and libraries
record ProgramChoice(String guestPath, List<BindOption> binds) {
    /// A path in the guest if there is such a file, else a file of the host; a C file is compiled.
    ///
    /// @param messages where the compiler's words go
    /// @throws CommandFailure if there is no such file, it cannot be compiled, or a library is
    ///   missing
    static ProgramChoice of(String name, RunOptions options, PrintStream messages)
            throws CommandFailure {
        String guestPath =
                options.cwd() == null || name.startsWith("/") ? name : options.cwd() + "/" + name;
        if (guestPath.startsWith("/") && isInGuest(guestPath, options)) {
            return new ProgramChoice(guestPath, List.of());
        }
        Path host = Path.of(name);
        if (name.endsWith(".c") && Files.isRegularFile(host)) {
            Path cache =
                    CompiledSource.userCache(
                            System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home", "/"));
            String searchPath = System.getenv("PATH");
            host =
                    new CompiledSource(
                                    host, cache, searchPath == null ? "/usr/bin:/bin" : searchPath)
                            .program(messages);
        }
        return ofHost(name, host);
    }

    private static ProgramChoice ofHost(String name, Path host) throws CommandFailure {
        if (!Files.exists(host)) {
            throw CommandFailure.of(ExitStatus.NOT_FOUND, name + ": No such file or directory");
        }
        if (Files.isDirectory(host)) {
            throw CommandFailure.of(ExitStatus.CANNOT_RUN, name + ": Is a directory");
        }
        // As execve(2): only regular files; opening a FIFO would wait for its writer.
        if (!Files.isRegularFile(host) || !Files.isExecutable(host)) {
            throw CommandFailure.of(ExitStatus.CANNOT_RUN, name + ": Permission denied");
        }
        Path shown = host.toAbsolutePath().normalize();
        List<BindOption> binds = new ArrayList<>();
        try {
            binds.add(new BindOption(shown.toRealPath().toString(), shown.toString(), false));
            for (Path library : SharedLibraries.of(shown)) {
                binds.add(
                        new BindOption(library.toRealPath().toString(), library.toString(), false));
            }
        } catch (IOException failure) {
            throw CommandFailure.of(
                    ExitStatus.CANNOT_RUN, name + ": " + HostFailure.reason(failure));
        }
        return new ProgramChoice(shown.toString(), binds);
    }

    /// Whether the guest will see a file there: below a bind, or in the folder that is its root.
    private static boolean isInGuest(String guestPath, RunOptions options) {
        for (BindOption bind : options.binds()) {
            String rest = bind.below(guestPath);
            if (rest != null) {
                return Files.exists(Path.of(bind.host() + rest));
            }
        }
        String root = options.root();
        return root != null && Files.exists(Path.of(root + guestPath));
    }
}
