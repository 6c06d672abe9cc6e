package org.mshareemu.emulator.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// Builds the smallest static program: one segment with header and code, for tests that need a few
/// instructions.
final class TinyElf {
    static final long BASE = 0x400000;
    static final int CODE_AT = 0x1000;

    private static final int PT_LOAD = 1;

    private TinyElf() {}

    /// A program whose code, given in hexadecimal, is readable, writable and executable.
    static byte[] of(String codeHex) {
        byte[] code = HexFormat.of().parseHex(codeHex.replaceAll("\\s+", ""));
        ByteBuffer image =
                ByteBuffer.allocate(CODE_AT + code.length).order(ByteOrder.LITTLE_ENDIAN);
        image.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        image.putShort(16, (short) 2);
        image.putShort(18, (short) 62);
        image.putInt(20, 1);
        image.putLong(24, BASE + CODE_AT);
        image.putLong(32, 64);
        image.putShort(52, (short) 64);
        image.putShort(54, (short) 56);
        image.putShort(56, (short) 1);
        image.putInt(64, PT_LOAD);
        image.putInt(68, 7);
        image.putLong(64 + 16, BASE);
        image.putLong(64 + 24, BASE);
        image.putLong(64 + 32, image.capacity());
        image.putLong(64 + 40, image.capacity() + 0x2000L);
        image.putLong(64 + 48, 0x1000);
        image.put(CODE_AT, code);
        return image.array();
    }

    /// As [#of], with nothing behind the bytes of the file.
    static byte[] withoutZeroedTail(String codeHex) {
        byte[] image = of(codeHex);
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 40, image.length);
        return image;
    }
}
