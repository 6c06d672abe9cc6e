package org.mshareemu.emulator.observe;

/// Bytes as a C string literal, as strace(1) prints them.
final class CText {
    /// strace's default for `-s`.
    static final int SHOWN_BYTES = 32;

    private CText() {}

    /// In quotes; more than [#SHOWN_BYTES] are cut and followed by `...`.
    static void quote(StringBuilder out, byte[] bytes, int length) {
        int shown = Math.min(length, SHOWN_BYTES);
        quoteAll(out, bytes, shown);
        if (shown < length) {
            out.append("...");
        }
    }

    /// In quotes, all of them.
    static void quoteAll(StringBuilder out, byte[] bytes, int length) {
        out.append('"');
        for (int i = 0; i < length; i++) {
            int value = bytes[i] & 0xff;
            boolean isDigitNext = i + 1 < length && bytes[i + 1] >= '0' && bytes[i + 1] <= '9';
            character(out, value, isDigitNext);
        }
        out.append('"');
    }

    private static void character(StringBuilder out, int value, boolean isDigitNext) {
        switch (value) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            case '\f' -> out.append("\\f");
            case 0x0b -> out.append("\\v");
            default -> {
                if (value >= ' ' && value < 0x7f) {
                    out.append((char) value);
                } else {
                    String octal = Integer.toOctalString(value);
                    out.append('\\')
                            .append(isDigitNext ? "0".repeat(3 - octal.length()) : "")
                            .append(octal);
                }
            }
        }
    }
}
