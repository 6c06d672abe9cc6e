package org.mshareemu.emulator.kernel.vfs.hostfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.PageSource;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// A regular file of the host. Its pages are read straight into frames of the guest; while somebody
/// has it open, a channel of the host is open too.
final class HostFile extends HostInode {
    private static final FileOperations OPERATIONS = new HostFileOperations();
    private static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;

    private final PageCache pages;
    private @Nullable FileChannel channel;
    private boolean channelWrites;
    private int opens;
    private @Nullable HostAttributes cached;

    HostFile(
            HostSuperBlock host,
            HostAttributes attributes,
            @Nullable HostDirectory parent,
            String name) {
        super(host, attributes, parent, name);
        this.pages = host.vfs().newPageCache(new Source(this));
    }

    /// The page cache's view of the file, made before the file is.
    private record Source(HostFile file) implements PageSource {
        @Override
        public void load(long index, long pfn) throws ErrnoException {
            file.load(index, pfn);
        }

        @Override
        public void store(long index, long pfn) throws ErrnoException {
            file.store(index, pfn);
        }
    }

    @Override
    public FileOperations fileOperations() {
        return OPERATIONS;
    }

    @Override
    public PageCache pageCache() {
        return pages;
    }

    /// Opens the host file for one more open file of the guest.
    void open(boolean writes) throws ErrnoException {
        FileChannel open = channel;
        if (open == null || (writes && !channelWrites)) {
            FileChannel opened = openChannel(writes);
            channel = opened;
            channelWrites = writes;
            if (open != null) {
                closeQuietly(open);
            }
        }
        opens++;
        forgetStalePages();
    }

    private FileChannel openChannel(boolean writes) throws ErrnoException {
        Set<OpenOption> options =
                writes
                        ? Set.of(
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS)
                        : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            return FileChannel.open(verifiedOwnPath(), options);
        } catch (IOException e) {
            throw HostErrors.of(e);
        }
    }

    /// Pages read before the host changed the file are worth nothing.
    private void forgetStalePages() {
        HostAttributes before = cached;
        if (before != null && !before.hasSameContent(attributes())) {
            pages.removeFrom(0);
        }
        cached = attributes();
    }

    void close() {
        opens--;
        FileChannel open = channel;
        if (opens == 0 && open != null) {
            channel = null;
            closeQuietly(open);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new KernelBug("host file cannot be closed", e);
        }
    }

    private FileChannel channel() throws ErrnoException {
        FileChannel open = channel;
        if (open == null) {
            throw Errno.EIO.exception();
        }
        return open;
    }

    private ByteBuffer frame(long pfn) {
        return superBlock()
                .vfs()
                .memory()
                .segment()
                .asSlice(pfn << PAGE_SHIFT, PhysicalMemory.PAGE_SIZE)
                .asByteBuffer();
    }

    private void load(long index, long pfn) throws ErrnoException {
        ByteBuffer frame = frame(pfn);
        long position = index << PAGE_SHIFT;
        try {
            while (frame.hasRemaining()) {
                int count = channel().read(frame, position + frame.position());
                if (count < 0) {
                    break;
                }
            }
        } catch (IOException e) {
            throw HostErrors.of(e);
        }
    }

    private void store(long index, long pfn) throws ErrnoException {
        long position = index << PAGE_SHIFT;
        long length = Math.min(PhysicalMemory.PAGE_SIZE, sizeBytes() - position);
        if (length <= 0) {
            return;
        }
        ByteBuffer frame = frame(pfn).limit((int) length);
        try {
            while (frame.hasRemaining()) {
                channel().write(frame, position + frame.position());
            }
        } catch (IOException e) {
            throw HostErrors.of(e);
        }
    }

    /// The guest wrote `[start, end)`: takes it to the host at once.
    void writeThrough(long start, long end) throws ErrnoException {
        if (end > sizeBytes()) {
            setSize(end);
        }
        pages.writeBack(start >>> PAGE_SHIFT, (end + 4095) >>> PAGE_SHIFT);
        noteOwnChange();
    }

    /// Takes all dirty pages to the host.
    void writeBack() throws ErrnoException {
        if (channel != null && channelWrites) {
            pages.writeBack(0, Long.MAX_VALUE);
            noteOwnChange();
        }
    }

    /// What we changed ourselves does not make our pages stale.
    private void noteOwnChange() throws ErrnoException {
        try {
            HostAttributes now = HostAttributes.read(hostPath());
            if (now.key().equals(key())) {
                refresh(now);
                cached = now;
            }
        } catch (IOException _) {
            cached = null;
        }
    }

    void dropPages() {
        if (!pages.isMapped()) {
            pages.removeFrom(0);
        }
    }

    @Override
    protected void resize(long newSizeBytes, CallerContext caller) throws ErrnoException {
        open(true);
        try {
            FileChannel open = channel();
            if (newSizeBytes < sizeBytes()) {
                open.truncate(newSizeBytes);
                setSize(newSizeBytes);
                pages.removeFrom((newSizeBytes + 4095) >>> PAGE_SHIFT);
                pages.zeroTail(newSizeBytes);
            } else if (newSizeBytes > sizeBytes()) {
                open.write(ByteBuffer.allocate(1), newSizeBytes - 1);
                setSize(newSizeBytes);
            }
            noteOwnChange();
        } catch (IOException e) {
            throw HostErrors.of(e);
        } finally {
            close();
        }
    }

    void force(FileOperations.Sync sync) throws ErrnoException {
        writeBack();
        try {
            channel().force(sync == FileOperations.Sync.ALL);
        } catch (IOException e) {
            throw HostErrors.of(e);
        }
    }

    @Override
    protected void evict() {
        pages.close();
        super.evict();
    }
}
