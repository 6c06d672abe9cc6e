package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.vfs.pseudo.Content;
import org.mshareemu.emulator.kernel.vfs.pseudo.ContentFile;

import java.util.function.Supplier;

/// A file of /proc that belongs to no process. Writing it is EIO, as proc_reg_write() says.
final class ProcFile extends ContentFile {
    static final int READABLE = 0x124;

    ProcFile(ProcSuperBlock superBlock, Supplier<? extends CharSequence> text) {
        super(superBlock, superBlock.nextFixedNumber(), READABLE, 0, 0, content(text));
    }

    private static Content content(Supplier<? extends CharSequence> text) {
        return _ -> Content.bytes(text.get());
    }
}
