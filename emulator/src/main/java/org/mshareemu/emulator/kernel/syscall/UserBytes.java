package org.mshareemu.emulator.kernel.syscall;

import java.nio.charset.StandardCharsets;

/// Strings in which each char is a byte, on their way to the guest.
final class UserBytes {
    private UserBytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
