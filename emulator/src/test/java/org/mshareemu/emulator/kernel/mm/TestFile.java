package org.mshareemu.emulator.kernel.mm;

import org.mshareemu.emulator.kernel.memmap.FilePages;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.PageSource;
import org.mshareemu.emulator.kernel.memmap.VmArea;

/// An open tmpfs-like file that starts with one reference.
final class TestFile implements Mappable {
    final PageCache pages;
    long sizeBytes;
    int references = 1;
    boolean isReadable = true;
    boolean isWritable = true;
    boolean isMappable = true;
    boolean isNoExec;
    boolean isSealed;

    TestFile(MmFixture machine, long sizeBytes) {
        this(machine, sizeBytes, PageSource.ZERO);
    }

    TestFile(MmFixture machine, long sizeBytes, PageSource source) {
        this.pages = machine.context.newPageCache(source);
        this.sizeBytes = sizeBytes;
    }

    void truncate(long newSizeBytes) {
        sizeBytes = newSizeBytes;
        pages.removeFrom((newSizeBytes + 4095) >>> 12);
        pages.zeroTail(newSizeBytes);
    }

    @Override
    public void punchHole(long offsetBytes, long lengthBytes) {
        pages.remove(offsetBytes >>> 12, (offsetBytes + lengthBytes) >>> 12);
    }

    @Override
    public void mapped(VmArea area) {
        area.setPages(pages);
        area.setOperations(FilePages.OPERATIONS);
    }

    @Override
    public boolean isMappable() {
        return isMappable;
    }

    @Override
    public boolean isOpenForReading() {
        return isReadable;
    }

    @Override
    public boolean isOpenForWriting() {
        return isWritable;
    }

    @Override
    public boolean isNoExec() {
        return isNoExec;
    }

    @Override
    public boolean isWriteSealed() {
        return isSealed;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public PageCache pageCache() {
        return pages;
    }

    @Override
    public void acquire() {
        references++;
    }

    @Override
    public void release() {
        if (--references == 0) {
            pages.close();
        }
    }

    @Override
    public String displayPath() {
        return "/tmp/file";
    }

    @Override
    public long inodeNumber() {
        return 42;
    }

    @Override
    public long deviceNumber() {
        return 0x1f;
    }
}
