package org.mshareemu.emulator.kernel.vfs.pipe;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

import java.util.ArrayDeque;
import java.util.Iterator;

/// The ring between the two ends of a pipe. Linux: struct pipe_inode_info
///
/// Invariant: no slot is empty, and there are at most `slotLimit` of them.
public final class Pipe {
    /// Writes of up to this many bytes are not mixed with others. Linux: PIPE_BUF
    public static final int PIPE_BUF = 4096;

    /// Slots of a new pipe. Linux: PIPE_DEF_BUFFERS
    public static final int DEFAULT_SLOTS = 16;

    private static final int PAGE_SIZE = 4096;

    /// Up to a page of bytes. Linux: struct pipe_buffer
    private static final class Slot {
        private final byte[] bytes = new byte[PAGE_SIZE];
        private int start;
        private int end;

        /// A read takes all of it or drops the rest. Linux: PIPE_BUF_FLAG_PACKET
        private boolean packet;

        /// Later writes may add to it. Linux: PIPE_BUF_FLAG_CAN_MERGE
        private boolean mergeable;

        int length() {
            return end - start;
        }
    }

    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    private final WaitQueue readQueue = new WaitQueue();
    private final WaitQueue writeQueue = new WaitQueue();
    private int slotLimit = DEFAULT_SLOTS;
    private int readers;
    private int writers;

    /// How often each end was opened, for those who wait for a partner. Linux: r_counter, w_counter
    private int readerOpens;

    private int writerOpens;

    /// A slot kept for the next write. Linux: tmp_page
    private @Nullable Slot spare;

    /// Woken when there is more to read, or a writer comes or goes. Linux: rd_wait
    public WaitQueue readQueue() {
        return readQueue;
    }

    /// Woken when there is more room, or a reader comes or goes. Linux: wr_wait
    public WaitQueue writeQueue() {
        return writeQueue;
    }

    int readers() {
        return readers;
    }

    int writers() {
        return writers;
    }

    int readerOpens() {
        return readerOpens;
    }

    int writerOpens() {
        return writerOpens;
    }

    void addReader() {
        readers++;
        readerOpens++;
        writeQueue.wakeAll();
    }

    void addWriter() {
        writers++;
        writerOpens++;
        readQueue.wakeAll();
    }

    void removeReader() {
        readers--;
        writeQueue.wakeAll();
    }

    void removeWriter() {
        writers--;
        readQueue.wakeAll();
    }

    /// Whether neither end is open.
    boolean isUnused() {
        return readers == 0 && writers == 0;
    }

    public boolean isEmpty() {
        return slots.isEmpty();
    }

    /// Linux: pipe_full()
    public boolean isFull() {
        return slots.size() >= slotLimit;
    }

    /// Whether nobody can read any more.
    public boolean hasNoReader() {
        return readers == 0;
    }

    /// Whether nobody can write any more.
    public boolean hasNoWriter() {
        return writers == 0;
    }

    /// Bytes in the ring. Linux: FIONREAD
    public int availableBytes() {
        int sum = 0;
        for (Slot slot : slots) {
            sum += slot.length();
        }
        return sum;
    }

    /// Bytes that fit now for sure: a page for each free slot.
    public int freeBytes() {
        return (slotLimit - slots.size()) * PAGE_SIZE;
    }

    /// Bytes that fit if every slot is filled. Linux: F_GETPIPE_SZ
    public int capacityBytes() {
        return slotLimit * PAGE_SIZE;
    }

    /// Linux: pipe_resize_ring()
    ///
    /// @throws ErrnoException EBUSY if more is in it
    void setSlotLimit(int newLimit) throws ErrnoException {
        if (newLimit < slots.size()) {
            throw Errno.EBUSY.exception();
        }
        slotLimit = newLimit;
        writeQueue.wakeAll();
    }

    /// Takes bytes out. Linux: pipe_read()
    ///
    /// @return bytes read, 0 if nobody writes any more
    /// @throws ErrnoException EAGAIN if there is nothing yet, EFAULT
    public long read(IovIter to) throws ErrnoException {
        if (to.count() == 0) {
            return 0;
        }
        long done = 0;
        while (to.count() > 0) {
            Slot slot = slots.peekFirst();
            if (slot == null) {
                break;
            }
            int length = (int) Math.min(slot.length(), to.count());
            int copied = to.copyTo(slot.bytes, slot.start, length);
            if (copied < length) {
                to.revert(copied);
                if (done == 0) {
                    throw Errno.EFAULT.exception();
                }
                break;
            }
            done += copied;
            slot.start += copied;
            boolean packet = slot.packet;
            if (packet || slot.length() == 0) {
                recycle(slots.removeFirst());
            }
            if (packet) {
                break;
            }
        }
        if (done > 0) {
            writeQueue.wakeAll();
            return done;
        }
        if (writers > 0) {
            throw Errno.EAGAIN.exception();
        }
        return 0;
    }

    /// Puts bytes in, as many as fit. Linux: pipe_write()
    ///
    /// @param packets whether each write is a packet of its own (O_DIRECT)
    /// @return bytes written, at least one unless nothing was asked
    /// @throws ErrnoException EPIPE, EAGAIN if nothing fits, EFAULT
    public long write(IovIter from, Packets packets) throws ErrnoException {
        if (from.count() == 0) {
            return 0;
        }
        if (readers == 0) {
            throw Errno.EPIPE.exception();
        }
        long done = mergeIntoLast(from);
        while (from.count() > 0 && !isFull()) {
            Slot slot = newSlot();
            int length = (int) Math.min(PAGE_SIZE, from.count());
            int copied = from.copyFrom(slot.bytes, 0, length);
            if (copied < length) {
                from.revert(copied);
                recycle(slot);
                if (done == 0) {
                    throw Errno.EFAULT.exception();
                }
                break;
            }
            slot.end = copied;
            slot.packet = packets == Packets.YES;
            slot.mergeable = packets == Packets.NO;
            slots.addLast(slot);
            done += copied;
        }
        if (done == 0) {
            throw Errno.EAGAIN.exception();
        }
        readQueue.wakeAll();
        return done;
    }

    /// The part of a write that is no whole page goes behind what is there, if it fits entirely.
    private long mergeIntoLast(IovIter from) throws ErrnoException {
        int part = (int) (from.count() & (PAGE_SIZE - 1));
        Slot last = slots.peekLast();
        if (part == 0 || last == null || !last.mergeable || last.end + part > PAGE_SIZE) {
            return 0;
        }
        int copied = from.copyFrom(last.bytes, last.end, part);
        if (copied < part) {
            from.revert(copied);
            throw Errno.EFAULT.exception();
        }
        last.end += copied;
        return copied;
    }

    /// Copies what is in the ring to another one without taking it out. Linux: link_pipe()
    ///
    /// @return bytes copied
    public long tee(Pipe to, long lengthBytes) {
        long done = 0;
        for (Iterator<Slot> all = slots.iterator(); all.hasNext() && done < lengthBytes; ) {
            if (to.isFull()) {
                break;
            }
            Slot slot = all.next();
            Slot copy = to.newSlot();
            int length = (int) Math.min(slot.length(), lengthBytes - done);
            System.arraycopy(slot.bytes, slot.start, copy.bytes, 0, length);
            copy.end = length;
            copy.packet = slot.packet;
            copy.mergeable = false;
            to.slots.addLast(copy);
            done += length;
        }
        if (done > 0) {
            to.readQueue.wakeAll();
        }
        return done;
    }

    private Slot newSlot() {
        Slot kept = spare;
        if (kept == null) {
            return new Slot();
        }
        spare = null;
        kept.start = 0;
        kept.end = 0;
        return kept;
    }

    private void recycle(Slot slot) {
        spare = slot;
    }

    /// Whether writes keep their borders.
    public enum Packets {
        YES,
        NO
    }
}
