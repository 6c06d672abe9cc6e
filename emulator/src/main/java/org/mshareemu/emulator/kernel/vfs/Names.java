package org.mshareemu.emulator.kernel.vfs;

/// File names: strings in which every char is one byte (ISO-8859-1), as the guest gave them.
public final class Names {
    /// Longest name of a directory entry.
    public static final int NAME_MAX = 255;

    private Names() {}

    /// Whether a name is one of the two that every directory has.
    public static boolean isDotOrDotDot(String name) {
        return name.equals(".") || name.equals("..");
    }

    /// As /proc/mounts and maps show it: blanks, newlines and backslashes in octal. Linux:
    /// mangle_path()
    public static String escape(String text, String escaped) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped.indexOf(c) >= 0) {
                out.append('\\')
                        .append((char) ('0' + ((c >>> 6) & 7)))
                        .append((char) ('0' + ((c >>> 3) & 7)))
                        .append((char) ('0' + (c & 7)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
