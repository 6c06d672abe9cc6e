package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.vfs.AttributeChange;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.procfs.PidContent.Guard;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Files in which positions are addresses: mem has the bytes, pagemap an entry of eight bytes per
/// page. Linux: mem_rw(), pagemap_read()
final class PidMemoryFile extends Inode {
    /// Which of the two.
    enum View {
        BYTES,
        PAGEMAP
    }

    private static final int CHUNK_BYTES = 4096;
    private static final int ENTRY_BYTES = 8;
    private static final int PAGE_SHIFT = 12;
    private static final ValueLayout.OfLong ENTRY =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final FileOperations operations;

    PidMemoryFile(PidNode node, ProcessTask task, int mode, long number, View view) {
        super(node.superBlock(), number, mode, node.uid(task), node.gid(task));
        this.operations = view == View.BYTES ? new Memory(node) : new Pagemap(node);
        long start = node.startRealtimeNanos(task);
        setTimes(start, start, start);
    }

    @Override
    public FileOperations fileOperations() {
        return operations;
    }

    @Override
    public void setattr(Dentry dentry, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        ProcAccess.refuseModes(change);
        super.setattr(dentry, change, caller);
    }

    @Override
    protected void resize(long newSizeBytes, CallerContext caller) {}

    /// Positions are unsigned. Linux: mem_lseek()
    private static long seek(OpenFile file, long offset, int whence) throws ErrnoException {
        long to =
                switch (whence) {
                    case Fcntl.SEEK_SET -> offset;
                    case Fcntl.SEEK_CUR -> file.position() + offset;
                    default -> throw Errno.EINVAL.exception();
                };
        file.setPosition(to);
        return to;
    }

    private static final class Memory implements FileOperations {
        private final PidNode node;
        private final PidContent guarded;

        Memory(PidNode node) {
            this.node = node;
            this.guarded = new PidContent(node, Guard.MEMORY, (_, _, _) -> "");
        }

        @Override
        public void open(OpenFile file, CallerContext caller) throws ErrnoException {
            guarded.checkOpen(caller);
        }

        @Override
        public boolean isSeekable() {
            return true;
        }

        @Override
        public long llseek(OpenFile file, long offset, int whence) throws ErrnoException {
            return seek(file, offset, whence);
        }

        @Override
        public long read(OpenFile file, IovIter to, long position, CallerContext caller)
                throws ErrnoException {
            ProcessTask task = node.find();
            ProcessMemory memory = task == null ? null : task.memory();
            if (memory == null) {
                return 0;
            }
            byte[] chunk = new byte[CHUNK_BYTES];
            long done = 0;
            while (to.count() > 0) {
                int wanted = (int) Math.min(to.count(), CHUNK_BYTES);
                MemorySegment target = MemorySegment.ofArray(chunk);
                int read = memory.user().readPartly(position + done, target, 0, wanted);
                int copied = to.copyTo(chunk, 0, read);
                done += copied;
                if (copied < wanted) {
                    return partial(done, read == 0 ? Errno.EIO : Errno.EFAULT);
                }
            }
            return done;
        }

        @Override
        public long write(OpenFile file, IovIter from, long position, CallerContext caller)
                throws ErrnoException {
            ProcessTask task = node.find();
            ProcessMemory memory = task == null ? null : task.memory();
            if (memory == null) {
                return 0;
            }
            byte[] chunk = new byte[CHUNK_BYTES];
            long done = 0;
            while (from.count() > 0) {
                int wanted = (int) Math.min(from.count(), CHUNK_BYTES);
                int taken = from.copyFrom(chunk, 0, wanted);
                MemorySegment source = MemorySegment.ofArray(chunk);
                int written = memory.user().writePartly(position + done, source, 0, taken);
                done += written;
                if (written < wanted) {
                    return partial(done, taken < wanted ? Errno.EFAULT : Errno.EIO);
                }
            }
            return done;
        }

        private static long partial(long done, Errno otherwise) throws ErrnoException {
            if (done == 0) {
                throw otherwise.exception();
            }
            return done;
        }
    }

    private static final class Pagemap implements FileOperations {
        private final PidNode node;
        private final PidContent guarded;

        Pagemap(PidNode node) {
            this.node = node;
            this.guarded = new PidContent(node, Guard.MEMORY, (_, _, _) -> "");
        }

        @Override
        public void open(OpenFile file, CallerContext caller) throws ErrnoException {
            guarded.checkOpen(caller);
        }

        @Override
        public boolean isSeekable() {
            return true;
        }

        @Override
        public long llseek(OpenFile file, long offset, int whence) throws ErrnoException {
            return seek(file, offset, whence);
        }

        /// Whole entries only.
        @Override
        public long read(OpenFile file, IovIter to, long position, CallerContext caller)
                throws ErrnoException {
            if (position % ENTRY_BYTES != 0 || to.count() % ENTRY_BYTES != 0) {
                throw Errno.EINVAL.exception();
            }
            ProcessTask task = node.find();
            ProcessMemory memory = task == null ? null : task.memory();
            if (memory == null) {
                return 0;
            }
            byte[] entry = new byte[ENTRY_BYTES];
            long done = 0;
            long pages = memory.space().taskSize() >>> PAGE_SHIFT;
            while (to.count() > 0 && (position + done) / ENTRY_BYTES < pages) {
                long vaddr = ((position + done) / ENTRY_BYTES) << PAGE_SHIFT;
                MemorySegment.ofArray(entry).set(ENTRY, 0, memory.pagemapEntry(vaddr));
                int copied = to.copyTo(entry, 0, ENTRY_BYTES);
                done += copied;
                if (copied < ENTRY_BYTES) {
                    throw Errno.EFAULT.exception();
                }
            }
            return done;
        }
    }
}
