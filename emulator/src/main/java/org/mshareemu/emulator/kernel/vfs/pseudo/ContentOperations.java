package org.mshareemu.emulator.kernel.vfs.pseudo;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Seek;

/// Reading and writing generated content. Linux: seq_read_iter(), seq_lseek(),
/// kernfs_fop_write_iter()
///
/// A reader that goes on where it stopped sees the content as it was when it began; any other
/// position, the start included, makes it anew.
final class ContentOperations implements FileOperations {
    private static final int PAGE_BYTES = 4096;

    private final Content content;

    ContentOperations(Content content) {
        this.content = content;
    }

    /// What one open file is reading.
    private static final class Reading {
        final byte[] bytes;
        long nextPosition;

        Reading(byte[] bytes, long nextPosition) {
            this.bytes = bytes;
            this.nextPosition = nextPosition;
        }
    }

    @Override
    public void open(OpenFile file, CallerContext caller) throws ErrnoException {
        content.checkOpen(caller);
    }

    @Override
    public long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        Reading reading = (Reading) file.attachment();
        if (reading == null || position == 0 || position != reading.nextPosition) {
            reading = new Reading(content.read(caller), position);
            file.setAttachment(reading);
        }
        if (position >= reading.bytes.length || to.count() == 0) {
            return 0;
        }
        int from = (int) position;
        int length = (int) Math.min(available(reading.bytes, from), to.count());
        int copied = to.copyTo(reading.bytes, from, length);
        if (copied == 0) {
            throw Errno.EFAULT.exception();
        }
        reading.nextPosition = position + copied;
        return copied;
    }

    private int available(byte[] bytes, int from) {
        int left = bytes.length - from;
        if (content.records() == Content.Records.ONE || left <= PAGE_BYTES) {
            return left;
        }
        int end = lastLineEnd(bytes, from, from + PAGE_BYTES);
        return (end > from ? end : firstLineEnd(bytes, from)) - from;
    }

    private static int lastLineEnd(byte[] bytes, int from, int limit) {
        int end = limit;
        while (end > from && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static int firstLineEnd(byte[] bytes, int from) {
        int end = from + 1;
        while (end < bytes.length && bytes[end - 1] != '\n') {
            end++;
        }
        return end;
    }

    /// Takes at most a page at once.
    @Override
    public long write(OpenFile file, IovIter from, long position, CallerContext caller)
            throws ErrnoException {
        byte[] bytes = new byte[(int) Math.min(from.count(), PAGE_BYTES)];
        if (from.copyFrom(bytes, 0, bytes.length) < bytes.length) {
            throw Errno.EFAULT.exception();
        }
        return content.write(bytes, position, caller);
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public long llseek(OpenFile file, long offset, int whence) throws ErrnoException {
        if (content.ending() == Content.Ending.INODE_SIZE) {
            return Seek.generic(file, offset, whence, file.inode().sizeBytes(), Long.MAX_VALUE);
        }
        return switch (whence) {
            case Fcntl.SEEK_SET -> Seek.set(file, offset, Long.MAX_VALUE);
            case Fcntl.SEEK_CUR -> Seek.set(file, file.position() + offset, Long.MAX_VALUE);
            default -> throw Errno.EINVAL.exception();
        };
    }
}
