package org.mshareemu.emulator.kernel.elf;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;

import java.nio.charset.StandardCharsets;

/// The first line of a script. Linux: load_script()
///
/// @param interpreter path behind `#!`
/// @param argument the rest of the line, or null
public record Script(String interpreter, @Nullable String argument) {
    /// Bytes of a file that are looked at. Linux: BINPRM_BUF_SIZE
    public static final int HEAD_BYTES = 256;

    /// Reads the line.
    ///
    /// @param head first bytes of the file
    /// @param lengthBytes how many there are
    /// @return null if this is no script
    /// @throws ExecRefusedException ENOEXEC if the interpreter's name is missing or cut off
    public static @Nullable Script parse(byte[] head, int lengthBytes) throws ExecRefusedException {
        if (lengthBytes < 2 || head[0] != '#' || head[1] != '!') {
            return null;
        }
        String text = new String(head, 2, lengthBytes - 2, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        boolean isCut = end < 0 && lengthBytes == HEAD_BYTES;
        String line = strip(end < 0 ? text : text.substring(0, end));
        int nul = line.indexOf('\0');
        if (nul >= 0) {
            line = strip(line.substring(0, nul));
            isCut = false;
        }
        int separator = firstBlank(line);
        if (line.isEmpty() || (isCut && separator < 0)) {
            throw new ExecRefusedException(
                    Errno.ENOEXEC, "a script without a usable interpreter line");
        }
        if (separator < 0) {
            return new Script(line, null);
        }
        String argument = strip(line.substring(separator));
        return new Script(line.substring(0, separator), argument.isEmpty() ? null : argument);
    }

    private static int firstBlank(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (isBlank(line.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
