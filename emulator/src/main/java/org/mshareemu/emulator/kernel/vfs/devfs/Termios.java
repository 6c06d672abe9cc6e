package org.mshareemu.emulator.kernel.vfs.devfs;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

/// Settings of a terminal line, as the kernel's struct termios lays them out: four flag words, the
/// line discipline and 19 control characters. Linux: struct termios, tty_std_termios
final class Termios {
    private static final int SIZE_BYTES = 36;

    /// A new line: ICRNL IXON, OPOST ONLCR, 38400 baud CS8 CREAD HUPCL, ISIG ICANON ECHO….
    private static final int[] FLAGS = {0x500, 0x5, 0xbf, 0x8a3b};

    private static final byte[] CONTROL_CHARACTERS = {
        3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0
    };

    private final byte[] bytes = new byte[SIZE_BYTES];

    Termios() {
        for (int i = 0; i < FLAGS.length; i++) {
            for (int b = 0; b < 4; b++) {
                bytes[4 * i + b] = (byte) (FLAGS[i] >>> (8 * b));
            }
        }
        System.arraycopy(CONTROL_CHARACTERS, 0, bytes, 17, CONTROL_CHARACTERS.length);
    }

    void copyTo(UserMemory memory, long vaddr) throws ErrnoException {
        memory.write(vaddr, bytes, 0, SIZE_BYTES);
    }

    void copyFrom(UserMemory memory, long vaddr) throws ErrnoException {
        memory.read(vaddr, bytes, 0, SIZE_BYTES);
    }
}
