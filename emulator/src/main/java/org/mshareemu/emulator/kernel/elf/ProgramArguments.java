package org.mshareemu.emulator.kernel.elf;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;

import java.util.ArrayList;
import java.util.List;

/// Strings for a new program: each char is one byte.
///
/// @param execName what AT_EXECFN shows: the path as it was given
/// @param arguments argv
/// @param environment envp
public record ProgramArguments(String execName, List<String> arguments, List<String> environment) {
    /// Longest single string, NUL included. Linux: MAX_ARG_STRLEN
    public static final int MAX_STRING_BYTES = 131_072;

    /// What is allowed whatever the stack limit is. Linux: ARG_MAX
    private static final long MIN_TOTAL_BYTES = 131_072;

    /// Three quarters of the default stack limit. Linux: _STK_LIM / 4 * 3
    public static final long MAX_TOTAL_BYTES = (8L << 20) / 4 * 3;

    public ProgramArguments {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /// Linux: bprm_stack_limits()
    ///
    /// @throws ErrnoException E2BIG
    public void check(ResourceLimits limits) throws ErrnoException {
        long quarter = limits.soft(ResourceLimits.RLIMIT_STACK) >>> 2;
        long limit = Math.max(Math.min(quarter, MAX_TOTAL_BYTES), MIN_TOTAL_BYTES);
        long pointers = (Math.max(1L, arguments.size()) + environment.size()) * Long.BYTES;
        long total = pointers + execName.length() + 1;
        for (String text : arguments) {
            total += text.length() + 1L;
        }
        for (String text : environment) {
            total += text.length() + 1L;
        }
        if (total > limit) {
            throw Errno.E2BIG.exception();
        }
    }

    /// As a script's interpreter gets them: `interpreter [argument] script rest…`.
    public ProgramArguments forScript(Script script, String scriptPath) {
        List<String> shifted = new ArrayList<>();
        shifted.add(script.interpreter());
        String argument = script.argument();
        if (argument != null) {
            shifted.add(argument);
        }
        shifted.add(scriptPath);
        if (!arguments.isEmpty()) {
            shifted.addAll(arguments.subList(1, arguments.size()));
        }
        return new ProgramArguments(execName, shifted, environment);
    }
}
