package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

/// Numbers as the kernel reads them from text. Linux: kstrtoll() with base 0
final class Numbers {
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;

    private Numbers() {}

    /// A whole text that is one number: decimal, 0x… or 0….
    ///
    /// @throws ErrnoException EINVAL
    static long parse(String text) throws ErrnoException {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int base = DECIMAL;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            base = HEXADECIMAL;
            digits = digits.substring(2);
        } else if (digits.startsWith("0") && digits.length() > 1) {
            base = OCTAL;
        }
        if (digits.isEmpty() || Character.digit(digits.charAt(0), base) < 0) {
            throw Errno.EINVAL.exception();
        }
        try {
            long value = Long.parseLong(digits, base);
            return negative ? -value : value;
        } catch (NumberFormatException _) {
            throw Errno.EINVAL.exception();
        }
    }
}
