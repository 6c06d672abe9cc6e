package org.mshareemu.emulator.kernel.mm;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.mmu.annotation.HotPath;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.WalkResult;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// The kernel's access to user memory: walks the tables as the processor would for user code, and
/// faults as it would, windows onto other address spaces included.
///
/// Linux: copy_to_user(), copy_from_user() and the page faults they take
final class MmUserMemory implements UserMemory {
    private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;
    private static final int READ = PageFaultError.USER;
    private static final int WRITE = PageFaultError.USER | PageFaultError.WRITE;

    /// Result of [#translate]: there is no way to the page.
    private static final long UNREACHABLE = -1;

    private final Mm mm;
    private final PageWalker walker;
    private final PhysicalMemory memory;
    private final FrameTable frames;
    private final long root;
    private final long taskSize;

    MmUserMemory(Mm mm) {
        this.mm = mm;
        MmContext context = mm.context();
        this.walker = context.walker();
        this.memory = context.memory();
        this.frames = context.frames();
        this.root = mm.root();
        this.taskSize = mm.taskSize();
    }

    /// The physical address behind a user address, faulted in if need be, or [#UNREACHABLE]. The
    /// frame's executed code, if any, is forgotten before a write.
    @HotPath
    private long translate(long vaddr, int access) {
        long result = walker.walk(root, vaddr, access);
        if (!WalkResult.isTranslated(result)) {
            result = faultIn(vaddr, access, result);
            if (!WalkResult.isTranslated(result)) {
                return UNREACHABLE;
            }
        }
        if (access == WRITE) {
            frames.noteHostWrite(WalkResult.pfn(result));
        }
        return WalkResult.framePaddr(result) | (vaddr & PAGE_SIZE - 1);
    }

    private long faultIn(long vaddr, int access, long refused) {
        long result = refused;
        while (!WalkResult.isTranslated(result)) {
            if (result == WalkResult.NON_CANONICAL) {
                return result;
            }
            FaultResult fault = mm.handleUserFault(vaddr, WalkResult.errorCode(result));
            if (fault.isSignal()) {
                return result;
            }
            if (fault.cost() == FaultResult.Cost.MINOR) {
                mm.countKernelFault();
            }
            result = walker.walk(root, vaddr, access);
        }
        return result;
    }

    /// Linux: access_ok()
    @HotPath
    private boolean isUserRange(long vaddr, long lengthBytes) {
        return vaddr >= 0 && lengthBytes >= 0 && vaddr <= taskSize - lengthBytes;
    }

    @HotPath
    private static int chunk(long vaddr, long leftBytes) {
        return (int) Math.min(leftBytes, PAGE_SIZE - (vaddr & PAGE_SIZE - 1));
    }

    @Override
    public void read(long vaddr, byte[] destination, int offset, int lengthBytes)
            throws ErrnoException {
        checkRange(vaddr, lengthBytes);
        for (int done = 0; done < lengthBytes; ) {
            long paddr = translate(vaddr + done, READ);
            if (paddr == UNREACHABLE) {
                throw Errno.EFAULT.exception();
            }
            int chunk = chunk(vaddr + done, lengthBytes - done);
            memory.copyToArray(paddr, destination, offset + done, chunk);
            done += chunk;
        }
    }

    @Override
    public void write(long vaddr, byte[] source, int offset, int lengthBytes)
            throws ErrnoException {
        checkRange(vaddr, lengthBytes);
        for (int done = 0; done < lengthBytes; ) {
            long paddr = translate(vaddr + done, WRITE);
            if (paddr == UNREACHABLE) {
                throw Errno.EFAULT.exception();
            }
            int chunk = chunk(vaddr + done, lengthBytes - done);
            memory.copyFromArray(paddr, source, offset + done, chunk);
            done += chunk;
        }
    }

    @Override
    public int readPartly(long vaddr, MemorySegment destination, long offset, int lengthBytes) {
        if (!isUserRange(vaddr, lengthBytes)) {
            return 0;
        }
        int done = 0;
        while (done < lengthBytes) {
            long paddr = translate(vaddr + done, READ);
            if (paddr == UNREACHABLE) {
                break;
            }
            int chunk = chunk(vaddr + done, lengthBytes - done);
            MemorySegment.copy(memory.segment(), paddr, destination, offset + done, chunk);
            done += chunk;
        }
        return done;
    }

    @Override
    public int writePartly(long vaddr, MemorySegment source, long offset, int lengthBytes) {
        if (!isUserRange(vaddr, lengthBytes)) {
            return 0;
        }
        int done = 0;
        while (done < lengthBytes) {
            long paddr = translate(vaddr + done, WRITE);
            if (paddr == UNREACHABLE) {
                break;
            }
            int chunk = chunk(vaddr + done, lengthBytes - done);
            MemorySegment.copy(source, offset + done, memory.segment(), paddr, chunk);
            done += chunk;
        }
        return done;
    }

    /// As [#read], saying how far it came.
    int readPartly(long vaddr, byte[] destination, int offset, int lengthBytes) {
        return readPartly(vaddr, MemorySegment.ofArray(destination), offset, lengthBytes);
    }

    /// As [#write], saying how far it came.
    int writePartly(long vaddr, byte[] source, int offset, int lengthBytes) {
        return writePartly(vaddr, MemorySegment.ofArray(source), offset, lengthBytes);
    }

    @Override
    public byte readByte(long vaddr) throws ErrnoException {
        return memory.readByte(reach(vaddr, 1, READ));
    }

    @Override
    public short readShort(long vaddr) throws ErrnoException {
        if (crossesPage(vaddr, 2)) {
            return (short) readBytewise(vaddr, 2);
        }
        return memory.readShort(reach(vaddr, 2, READ));
    }

    @Override
    public int readInt(long vaddr) throws ErrnoException {
        if (crossesPage(vaddr, 4)) {
            return (int) readBytewise(vaddr, 4);
        }
        return memory.readInt(reach(vaddr, 4, READ));
    }

    @Override
    public long readLong(long vaddr) throws ErrnoException {
        if (crossesPage(vaddr, 8)) {
            return readBytewise(vaddr, 8);
        }
        return memory.readLong(reach(vaddr, 8, READ));
    }

    @Override
    public void writeByte(long vaddr, byte value) throws ErrnoException {
        memory.writeByte(reach(vaddr, 1, WRITE), value);
    }

    @Override
    public void writeShort(long vaddr, short value) throws ErrnoException {
        if (crossesPage(vaddr, 2)) {
            writeBytewise(vaddr, value, 2);
        } else {
            memory.writeShort(reach(vaddr, 2, WRITE), value);
        }
    }

    @Override
    public void writeInt(long vaddr, int value) throws ErrnoException {
        if (crossesPage(vaddr, 4)) {
            writeBytewise(vaddr, value, 4);
        } else {
            memory.writeInt(reach(vaddr, 4, WRITE), value);
        }
    }

    @Override
    public void writeLong(long vaddr, long value) throws ErrnoException {
        if (crossesPage(vaddr, 8)) {
            writeBytewise(vaddr, value, 8);
        } else {
            memory.writeLong(reach(vaddr, 8, WRITE), value);
        }
    }

    @HotPath
    private static boolean crossesPage(long vaddr, int lengthBytes) {
        return (vaddr & PAGE_SIZE - 1) > PAGE_SIZE - lengthBytes;
    }

    @HotPath
    private long reach(long vaddr, int lengthBytes, int access) throws ErrnoException {
        checkRange(vaddr, lengthBytes);
        long paddr = translate(vaddr, access);
        if (paddr == UNREACHABLE) {
            throw Errno.EFAULT.exception();
        }
        return paddr;
    }

    private void checkRange(long vaddr, long lengthBytes) throws ErrnoException {
        if (!isUserRange(vaddr, lengthBytes)) {
            throw Errno.EFAULT.exception();
        }
    }

    private long readBytewise(long vaddr, int lengthBytes) throws ErrnoException {
        long value = 0;
        for (int i = 0; i < lengthBytes; i++) {
            value |= (readByte(vaddr + i) & 0xffL) << (8 * i);
        }
        return value;
    }

    /// Both pages are reached before the first byte is stored, as the processor does.
    private void writeBytewise(long vaddr, long value, int lengthBytes) throws ErrnoException {
        reach(vaddr + lengthBytes - 1, 1, WRITE);
        for (int i = 0; i < lengthBytes; i++) {
            writeByte(vaddr + i, (byte) (value >>> (8 * i)));
        }
    }

    @Override
    public @Nullable String readString(long vaddr, int limitBytes) throws ErrnoException {
        byte[] bytes = new byte[Math.min(limitBytes, 256)];
        int length = 0;
        while (length < limitBytes) {
            long paddr = reach(vaddr + length, 1, READ);
            int chunk = chunk(vaddr + length, limitBytes - length);
            for (int i = 0; i < chunk; i++) {
                byte read = memory.segment().get(ValueLayout.JAVA_BYTE, paddr + i);
                if (read == 0) {
                    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
                }
                if (length == bytes.length) {
                    bytes = java.util.Arrays.copyOf(bytes, Math.min(limitBytes, 4 * length));
                }
                bytes[length++] = read;
            }
        }
        return null;
    }

    @Override
    public void clear(long vaddr, long lengthBytes) throws ErrnoException {
        checkRange(vaddr, lengthBytes);
        long left = clearPartly(vaddr, lengthBytes);
        if (left != 0) {
            throw Errno.EFAULT.exception();
        }
    }

    /// Zeroes as far as it comes; returns the bytes left.
    long clearPartly(long vaddr, long lengthBytes) {
        if (!isUserRange(vaddr, lengthBytes)) {
            return lengthBytes;
        }
        long done = 0;
        while (done < lengthBytes) {
            long paddr = translate(vaddr + done, WRITE);
            if (paddr == UNREACHABLE) {
                break;
            }
            int chunk = chunk(vaddr + done, lengthBytes - done);
            memory.fill(paddr, chunk, (byte) 0);
            done += chunk;
        }
        return lengthBytes - done;
    }
}
