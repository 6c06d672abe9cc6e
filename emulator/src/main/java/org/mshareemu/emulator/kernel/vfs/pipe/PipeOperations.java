package org.mshareemu.emulator.kernel.vfs.pipe;

import static org.mshareemu.emulator.kernel.abi.Poll.POLLERR;
import static org.mshareemu.emulator.kernel.abi.Poll.POLLHUP;
import static org.mshareemu.emulator.kernel.abi.Poll.POLLIN;
import static org.mshareemu.emulator.kernel.abi.Poll.POLLOUT;
import static org.mshareemu.emulator.kernel.abi.Poll.POLLRDNORM;
import static org.mshareemu.emulator.kernel.abi.Poll.POLLWRNORM;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Ioctls;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.vfs.AccessTime;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// What both ends of pipes and FIFOs do. Linux: pipefifo_fops
public final class PipeOperations implements FileOperations {
    /// Largest size an ordinary user may set. Linux: pipe_max_size
    public static final int MAX_SIZE = 1 << 20;

    private static final int SIGPIPE = 13;
    private static final int PAGE_SHIFT = 12;

    /// For inodes of pipe(2), whose opens never wait for a partner.
    static final PipeOperations PIPE = new PipeOperations(false);

    /// For named FIFOs.
    public static final PipeOperations FIFO = new PipeOperations(true);

    private final boolean named;

    private PipeOperations(boolean named) {
        this.named = named;
    }

    private static PipeEnd endOf(OpenFile file) {
        if (file.attachment() instanceof PipeEnd end) {
            return end;
        }
        throw new KernelBug("no pipe behind " + file.dentry());
    }

    /// The pipe behind an open file, or null if it is none. Linux: get_pipe_info()
    public static @Nullable Pipe pipeOf(OpenFile file) {
        return file.attachment() instanceof PipeEnd end ? end.pipe() : null;
    }

    /// Linux: fifo_open()
    @Override
    public void open(OpenFile file, CallerContext caller) throws ErrnoException {
        Inode inode = file.inode();
        Pipe pipe;
        if (inode.attachment() instanceof Pipe existing) {
            pipe = existing;
        } else {
            pipe = new Pipe();
            inode.setAttachment(pipe);
        }
        boolean reads = file.isOpenForReading();
        boolean writes = file.isOpenForWriting();
        if (!reads && !writes) {
            throw Errno.EINVAL.exception();
        }
        if (named && writes && !reads && file.isNonBlocking() && pipe.readers() == 0) {
            throw Errno.ENXIO.exception();
        }
        int partners = reads ? pipe.writerOpens() : pipe.readerOpens();
        boolean lonely = named && reads && !writes && file.isNonBlocking() && pipe.writers() == 0;
        boolean waits = named && reads != writes && !file.isNonBlocking();
        boolean hasPartner = reads ? pipe.writers() > 0 : pipe.readers() > 0;
        PipeEnd end = new PipeEnd(pipe, waits && hasPartner ? partners - 1 : partners, lonely);
        file.setAttachment(end);
        file.makeStream();
        if (reads) {
            pipe.addReader();
        }
        if (writes) {
            pipe.addWriter();
        }
    }

    /// Linux: wait_for_partner()
    @Override
    public boolean isOpenPending(OpenFile file) {
        boolean reads = file.isOpenForReading();
        if (!named || reads == file.isOpenForWriting() || file.isNonBlocking()) {
            return false;
        }
        PipeEnd end = endOf(file);
        int opens = reads ? end.pipe().writerOpens() : end.pipe().readerOpens();
        return opens == end.partnerOpens();
    }

    @Override
    public void release(OpenFile file) {
        Pipe pipe = endOf(file).pipe();
        if (file.isOpenForReading()) {
            pipe.removeReader();
        }
        if (file.isOpenForWriting()) {
            pipe.removeWriter();
        }
        if (pipe.isUnused()) {
            file.inode().setAttachment(null);
        }
    }

    @Override
    public long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        long count = endOf(file).pipe().read(to);
        if (count > 0) {
            AccessTime.touch(file);
        }
        return count;
    }

    @Override
    public long write(OpenFile file, IovIter from, long position, CallerContext caller)
            throws ErrnoException {
        Pipe pipe = endOf(file).pipe();
        boolean packets = file.hasFlag(Fcntl.O_DIRECT);
        try {
            long count = pipe.write(from, packets ? Pipe.Packets.YES : Pipe.Packets.NO);
            if (count > 0) {
                file.inode().touchData();
            }
            return count;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EPIPE) {
                caller.sendSignal(SIGPIPE);
            }
            throw e;
        }
    }

    @Override
    public boolean writesEverything() {
        return true;
    }

    /// Linux: pipe_ioctl()
    @Override
    public long ioctl(OpenFile file, int command, long argument, CallerContext caller)
            throws ErrnoException {
        if (command == Ioctls.FIONREAD) {
            caller.memory().writeInt(argument, endOf(file).pipe().availableBytes());
            return 0;
        }
        throw Errno.ENOTTY.exception();
    }

    /// Linux: pipe_poll()
    @Override
    public int poll(OpenFile file) {
        PipeEnd end = endOf(file);
        Pipe pipe = end.pipe();
        int mask = 0;
        if (file.isOpenForReading()) {
            if (!pipe.isEmpty()) {
                mask |= POLLIN | POLLRDNORM;
            }
            if (pipe.hasNoWriter() && !end.hidesHangUp()) {
                mask |= POLLHUP;
            }
        }
        if (file.isOpenForWriting()) {
            if (!pipe.isFull()) {
                mask |= POLLOUT | POLLWRNORM;
            }
            if (pipe.hasNoReader()) {
                mask |= POLLERR;
            }
        }
        return mask;
    }

    @Override
    public boolean isPollable() {
        return true;
    }

    @Override
    public WaitQueue waitQueue(OpenFile file) {
        Pipe pipe = endOf(file).pipe();
        return file.isOpenForReading() ? pipe.readQueue() : pipe.writeQueue();
    }

    @Override
    public WaitQueue writeQueue(OpenFile file) {
        Pipe pipe = endOf(file).pipe();
        return file.isOpenForWriting() ? pipe.writeQueue() : pipe.readQueue();
    }

    @Override
    public boolean isDirectCapable() {
        return true;
    }

    /// F_SETPIPE_SZ. Linux: pipe_set_size()
    ///
    /// @return the size it has now
    /// @throws ErrnoException EINVAL, EPERM, EBUSY
    public static long setSize(Pipe pipe, long sizeBytes, CallerContext caller)
            throws ErrnoException {
        long wanted = Integer.toUnsignedLong((int) sizeBytes);
        if (wanted > 1L << 31 || wanted != sizeBytes) {
            throw Errno.EINVAL.exception();
        }
        long rounded = Math.max(1L << PAGE_SHIFT, wanted);
        if (Long.bitCount(rounded) != 1) {
            rounded = Long.highestOneBit(rounded) << 1;
        }
        boolean grows = rounded > pipe.capacityBytes();
        if (grows
                && rounded > MAX_SIZE
                && !caller.credentials().isCapable(Credentials.CAP_SYS_RESOURCE)) {
            throw Errno.EPERM.exception();
        }
        pipe.setSlotLimit((int) (rounded >>> PAGE_SHIFT));
        return rounded;
    }
}
