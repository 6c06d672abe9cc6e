package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Poll;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// What an open file does. The defaults answer as Linux does where a file system leaves the
/// operation out.
///
/// Linux: struct file_operations
///
/// No operation ever blocks: what would have to wait throws EAGAIN without having done anything,
/// and the system call waits on [#waitQueue] and tries again, unless the file is O_NONBLOCK.
public interface FileOperations {
    /// The file is being opened; private data goes to [OpenFile#setAttachment]. Linux: f_op->open
    default void open(OpenFile file, CallerContext caller) throws ErrnoException {}

    /// Whether an open has to wait for a partner (FIFOs); asked after [#open] and after each
    /// wake-up of [#waitQueue].
    default boolean isOpenPending(OpenFile file) {
        return false;
    }

    /// A descriptor was closed; other holders may remain. Linux: f_op->flush
    default void flush(OpenFile file, CallerContext caller) throws ErrnoException {}

    /// The last holder is gone. Linux: f_op->release
    default void release(OpenFile file) {}

    /// Reads at a position; streams ignore it. Linux: f_op->read_iter
    ///
    /// @return bytes read, 0 at the end
    default long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /// Writes at a position; streams ignore it. Linux: f_op->write_iter
    ///
    /// @return bytes written
    default long write(OpenFile file, IovIter from, long position, CallerContext caller)
            throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /// Whether reading and writing move the file position; many devices leave it alone.
    default boolean movesPosition() {
        return true;
    }

    /// Whether a blocking write goes on until everything is written (pipes, terminals), so that a
    /// short count only means that more has to wait.
    default boolean writesEverything() {
        return false;
    }

    /// Moves the file position and returns the new one. Linux: f_op->llseek
    default long llseek(OpenFile file, long offset, int whence) throws ErrnoException {
        throw Errno.ESPIPE.exception();
    }

    /// Whether [#llseek] is there; without it positions do not move. Linux: FMODE_LSEEK
    default boolean isSeekable() {
        return false;
    }

    /// Linux: f_op->unlocked_ioctl
    default long ioctl(OpenFile file, int command, long argument, CallerContext caller)
            throws ErrnoException {
        throw Errno.ENOTTY.exception();
    }

    /// The events that are there now, POLL*. Linux: f_op->poll
    default int poll(OpenFile file) {
        return Poll.DEFAULT_POLLMASK;
    }

    /// Whether [#poll] means anything; epoll_ctl(2) refuses others with EPERM.
    default boolean isPollable() {
        return false;
    }

    /// Woken whenever [#poll], or what a blocked operation waits for, may have changed; null if
    /// nothing ever blocks.
    default @Nullable WaitQueue waitQueue(OpenFile file) {
        return null;
    }

    /// Woken when room to write may have come; another queue than [#waitQueue] only where the two
    /// sides of a file wait apart.
    default @Nullable WaitQueue writeQueue(OpenFile file) {
        return waitQueue(file);
    }

    /// Whether there is an mmap operation.
    default boolean isMappable(OpenFile file) {
        return false;
    }

    /// A new area maps the file. Linux: f_op->mmap
    default void mapped(OpenFile file, VmArea area) throws ErrnoException {
        throw Errno.ENODEV.exception();
    }

    /// Picks the address of a mapping. Linux: f_op->get_unmapped_area
    default long getUnmappedArea(OpenFile file, AddressSpace space, MmapRequest request)
            throws ErrnoException {
        return space.getUnmappedArea(request);
    }

    /// Linux: f_op->fallocate
    default void fallocate(
            OpenFile file, int mode, long offset, long lengthBytes, CallerContext caller)
            throws ErrnoException {
        throw Errno.EOPNOTSUPP.exception();
    }

    /// Linux: f_op->fsync
    default void fsync(OpenFile file, Sync sync) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /// Offers directory entries from the file position on, and moves it. Linux:
    /// f_op->iterate_shared
    default void iterate(OpenFile file, DirectoryFiller filler, CallerContext caller)
            throws ErrnoException {
        throw Errno.ENOTDIR.exception();
    }

    /// Whether O_DIRECT may be given. Linux: FMODE_CAN_ODIRECT
    default boolean isDirectCapable() {
        return false;
    }

    /// Checks flags that F_SETFL is about to set. Linux: f_op->check_flags, setfl
    default void setFlags(OpenFile file, int flags) throws ErrnoException {}

    /// Lines of /proc/PID/fdinfo/N behind the common ones. Linux: f_op->show_fdinfo
    default String fdinfo(OpenFile file) {
        return "";
    }

    /// What fsync has to reach.
    enum Sync {
        /// Data and all attributes.
        ALL,
        /// Data and what is needed to read it again.
        DATA
    }
}
