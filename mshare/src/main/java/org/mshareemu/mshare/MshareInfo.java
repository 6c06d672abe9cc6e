package org.mshareemu.mshare;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

import java.nio.charset.StandardCharsets;

/// `mshare_info`: tells in decimal what sizes and fixed addresses must be multiples of.
///
/// Linux: mshare_info of patch 02
final class MshareInfo extends Inode {
    static final String NAME = "mshare_info";
    static final long INODE_NUMBER = 2;

    private static final int MODE = 0100444;
    private static final byte[] TEXT =
            (MshareAbi.MSHARE_ALIGN + "\n").getBytes(StandardCharsets.US_ASCII);
    private static final FileOperations OPERATIONS = new Operations();

    MshareInfo(SuperBlock superBlock, int uid, int gid) {
        super(superBlock, INODE_NUMBER, MODE, uid, gid);
    }

    @Override
    public @Nullable FileOperations fileOperations() {
        return OPERATIONS;
    }

    private static final class Operations implements FileOperations {
        @Override
        public long read(OpenFile file, IovIter to, long position, CallerContext caller)
                throws ErrnoException {
            if (position >= TEXT.length) {
                return 0;
            }
            int offset = (int) position;
            int wanted = (int) Math.min(TEXT.length - offset, to.count());
            int copied = to.copyTo(TEXT, offset, wanted);
            if (copied == 0 && wanted > 0) {
                throw Errno.EFAULT.exception();
            }
            return copied;
        }

        /// "Succeeds" without moving. Linux: noop_llseek()
        @Override
        public long llseek(OpenFile file, long offset, int whence) {
            return file.position();
        }

        @Override
        public boolean isSeekable() {
            return true;
        }
    }
}
