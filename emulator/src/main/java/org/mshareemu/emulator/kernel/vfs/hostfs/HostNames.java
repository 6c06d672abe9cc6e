package org.mshareemu.emulator.kernel.vfs.hostfs;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Names of the guest, in which each char is a byte, and paths of the host, which Java keeps as
/// bytes but shows in the encoding of the locale. What is not ASCII travels as a `file:` URI, the
/// one form in which Java lets every byte through.
final class HostNames {
    private HostNames() {}

    /// A name in a directory of the host.
    static Path resolve(Path directory, String name) {
        if (isAscii(name)) {
            return directory.resolve(name);
        }
        String base = directory.toUri().getRawPath();
        String separator = base.endsWith("/") ? "" : "/";
        return Path.of(URI.create("file://" + base + separator + encode(name)));
    }

    /// The last component of a path.
    static String lastName(Path path) {
        Path last = path.getFileName();
        if (last == null) {
            return "/";
        }
        String text = last.toString();
        return isAscii(text) ? text : afterLastSlash(decode(rawPath(path)));
    }

    /// A whole path, such as the target of a link.
    static String wholeName(Path path) {
        String text = path.toString();
        if (isAscii(text)) {
            return text;
        }
        String absolute = decode(rawPath(path));
        if (path.isAbsolute()) {
            return absolute;
        }
        String base = decode(rawPath(Path.of("").toAbsolutePath()));
        return absolute.substring(base.endsWith("/") ? base.length() : base.length() + 1);
    }

    private static String rawPath(Path path) {
        String raw = path.toUri().getRawPath();
        return raw.length() > 1 && raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    }

    private static String afterLastSlash(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c > 0 && c < 0x7f);
    }

    private static String encode(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.ISO_8859_1)) {
            out.append('%')
                    .append(Character.forDigit((b >>> 4) & 0xf, 16))
                    .append(Character.forDigit(b & 0xf, 16));
        }
        return out.toString();
    }

    private static String decode(String raw) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                out.append((char) Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
