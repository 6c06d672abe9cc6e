package org.mshareemu.emulator.kernel.vfs.pseudo;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.CallerContext;

import java.nio.charset.StandardCharsets;

/// What a generated file says, and what it makes of being written. Linux: struct seq_operations,
/// single_open(), struct sysfs_ops
public interface Content {
    /// Made anew each time a reader begins at the start.
    byte[] read(CallerContext caller) throws ErrnoException;

    /// May the file be opened by this caller? Its mode has been checked. Linux: proc_ops->proc_open
    default void checkOpen(CallerContext caller) throws ErrnoException {}

    /// Takes what one write(2) brought.
    ///
    /// @return bytes taken
    default int write(byte[] bytes, long position, CallerContext caller) throws ErrnoException {
        throw Errno.EIO.exception();
    }

    /// How much one read(2) hands out.
    default Records records() {
        return Records.ONE;
    }

    /// Whether SEEK_END finds the end that the inode's size tells, instead of EINVAL.
    default Ending ending() {
        return Ending.UNKNOWN;
    }

    /// Bytes of a text; every character stands for one byte.
    static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// How the content is divided.
    enum Records {
        /// One record: a read returns as much as fits. Linux: single_open()
        ONE,
        /// A record per line: a read returns the whole lines that fit into a page, at least one.
        LINES
    }

    /// What is known about the end of the file.
    enum Ending {
        /// SEEK_END is EINVAL. Linux: seq_lseek()
        UNKNOWN,
        /// SEEK_END counts from the inode's size. Linux: generic_file_llseek()
        INODE_SIZE
    }
}
