package org.mshareemu.emulator.observe;

import java.nio.charset.StandardCharsets;

/// Names that the kernel keeps as bytes, one in each char, as text for people.
final class GuestText {
    private GuestText() {}

    /// The bytes read as UTF-8; what is none shows as a replacement mark.
    static String of(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) >= 0x80) {
                return new String(
                        bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return bytes;
    }
}
