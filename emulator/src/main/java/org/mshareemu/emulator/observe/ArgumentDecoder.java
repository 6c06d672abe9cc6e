package org.mshareemu.emulator.observe;

/// Turns one argument of a system call into text.
@FunctionalInterface
interface ArgumentDecoder {
    /// Appends the text of one argument.
    ///
    /// @param index which argument
    void append(StringBuilder out, CallView call, int index);
}
