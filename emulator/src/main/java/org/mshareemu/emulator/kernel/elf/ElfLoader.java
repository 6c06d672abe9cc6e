package org.mshareemu.emulator.kernel.elf;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

/// Maps the segments of an ELF file into an address space, as private mappings of the file and
/// zeroed anonymous memory behind them. Linux: elf_load(), load_elf_interp()
final class ElfLoader {
    /// Where position-independent programs with an interpreter go: two thirds of the address space.
    /// Linux: ELF_ET_DYN_BASE
    static final long DYNAMIC_BASE = 0x5555_5555_4aaaL;

    private static final long PAGE = 4096;

    private final AddressSpace space;
    private final UserMemory memory;
    private final Credentials credentials;
    private final ResourceLimits limits;

    ElfLoader(
            AddressSpace space, UserMemory memory, Credentials credentials, ResourceLimits limits) {
        this.space = space;
        this.memory = memory;
        this.credentials = credentials;
        this.limits = limits;
    }

    /// Where a file ended up.
    ///
    /// @param bias what is added to the addresses in the file
    /// @param entry entry point
    /// @param headersAt address of the program headers, 0 if they are not in memory
    /// @param startCode lowest address of an executable segment, and so on, as /proc/PID/stat has
    ///   it
    /// @param end first address behind all segments, zeroed parts included
    record Placed(
            long bias,
            long entry,
            long headersAt,
            long startCode,
            long endCode,
            long startData,
            long endData,
            long end) {}

    /// Maps a program. Linux: the segment loop of load_elf_binary()
    Placed loadProgram(ElfImage image) throws ErrnoException {
        long bias = 0;
        if (image.isRelocatable()) {
            long alignment = image.maximumAlignment();
            if (image.interpreter() != null) {
                bias = DYNAMIC_BASE & -alignment;
            } else if (alignment > PAGE) {
                bias = reserveAligned(image, alignment);
            } else {
                return load(image, Where.ANYWHERE, 0);
            }
            bias -= firstPage(image);
        }
        return load(image, Where.FIXED, bias);
    }

    /// Maps an interpreter. Linux: load_elf_interp()
    Placed loadInterpreter(ElfImage image) throws ErrnoException {
        return load(image, image.isRelocatable() ? Where.ANYWHERE : Where.FIXED, 0);
    }

    private enum Where {
        FIXED,
        ANYWHERE
    }

    private static long firstPage(ElfImage image) {
        for (ProgramHeader phdr : image.programHeaders()) {
            if (phdr.type() == ProgramHeader.PT_LOAD) {
                return phdr.pageStart();
            }
        }
        return 0;
    }

    /// Finds room whose start has a large alignment; mapping happens with the segments.
    private long reserveAligned(ElfImage image, long alignment) throws ErrnoException {
        MmapRequest request =
                request(
                        0,
                        image.totalMappingBytes() + alignment,
                        Mman.PROT_NONE,
                        Mman.MAP_PRIVATE | Mman.MAP_ANONYMOUS,
                        null,
                        0);
        long found = space.getUnmappedArea(request);
        return found + alignment - 1 & -alignment;
    }

    private Placed load(ElfImage image, Where where, long startBias) throws ErrnoException {
        long bias = startBias;
        boolean first = true;
        long headersAt = 0;
        long startCode = -1L;
        long endCode = 0;
        long startData = 0;
        long endData = 0;
        long end = 0;
        for (ProgramHeader phdr : image.programHeaders()) {
            if (phdr.type() != ProgramHeader.PT_LOAD) {
                continue;
            }
            checkRange(phdr, bias);
            if (first && where == Where.ANYWHERE) {
                long mapped = mapWhole(image, phdr);
                bias = mapped - phdr.pageStart();
            } else {
                map(image, phdr, bias);
            }
            first = false;
            long start = bias + phdr.vaddr();
            long headerOffset = image.header().programHeadersAt();
            if (headerOffset >= phdr.fileOffset()
                    && headerOffset < phdr.fileOffset() + phdr.fileBytes()) {
                headersAt = headerOffset - phdr.fileOffset() + start;
            }
            if ((phdr.flags() & ProgramHeader.PF_X) != 0
                    && Long.compareUnsigned(start, startCode) < 0) {
                startCode = start;
            }
            startData = Math.max(startData, start);
            long fileEnd = start + phdr.fileBytes();
            if ((phdr.flags() & ProgramHeader.PF_X) != 0) {
                endCode = Math.max(endCode, fileEnd);
            }
            endData = Math.max(endData, fileEnd);
            end = Math.max(end, start + phdr.memoryBytes());
        }
        if (first) {
            throw Errno.EINVAL.exception();
        }
        long entry = image.header().entry() + bias;
        return new Placed(bias, entry, headersAt, startCode, endCode, startData, endData, end);
    }

    /// Linux: "Check to see if the section's size will overflow the allowed task size"
    private void checkRange(ProgramHeader phdr, long bias) throws ErrnoException {
        long limit = space.taskSize();
        long start = bias + phdr.vaddr();
        boolean overflows =
                Long.compareUnsigned(start, limit) >= 0
                        || Long.compareUnsigned(phdr.fileBytes(), phdr.memoryBytes()) > 0
                        || Long.compareUnsigned(phdr.memoryBytes(), limit) > 0
                        || limit - phdr.memoryBytes() < start;
        if (overflows) {
            throw Errno.EINVAL.exception();
        }
    }

    /// The first segment of a file that may go anywhere finds room for all of them.
    private long mapWhole(ElfImage image, ProgramHeader first) throws ErrnoException {
        long total = image.totalMappingBytes() + PAGE - 1 & -PAGE;
        MmapRequest room =
                request(0, total, Mman.PROT_NONE, Mman.MAP_PRIVATE | Mman.MAP_ANONYMOUS, null, 0);
        long start = space.getUnmappedArea(room);
        map(image, first, start - first.pageStart());
        return start;
    }

    private void map(ElfImage image, ProgramHeader phdr, long bias) throws ErrnoException {
        long inPage = phdr.vaddr() & PAGE - 1;
        long start = bias + phdr.pageStart();
        long fileEnd = start + inPage + phdr.fileBytes();
        if (phdr.fileBytes() != 0) {
            if ((phdr.fileOffset() & PAGE - 1) != inPage) {
                throw Errno.EINVAL.exception();
            }
            space.mmap(
                    request(
                            start,
                            inPage + phdr.fileBytes(),
                            phdr.prot(),
                            Mman.MAP_PRIVATE | Mman.MAP_FIXED,
                            image.file(),
                            (phdr.fileOffset() - inPage) >>> 12));
        }
        if (phdr.memoryBytes() <= phdr.fileBytes()) {
            return;
        }
        long zeroStart = phdr.fileBytes() != 0 ? fileEnd : start;
        long zeroEnd = start + inPage + phdr.memoryBytes();
        if (phdr.fileBytes() != 0) {
            zeroRestOfPage(zeroStart, phdr.prot());
        }
        long anonymousStart = zeroStart + PAGE - 1 & -PAGE;
        long anonymousEnd = zeroEnd + PAGE - 1 & -PAGE;
        if (anonymousEnd > anonymousStart) {
            space.mmap(
                    request(
                            anonymousStart,
                            anonymousEnd - anonymousStart,
                            (phdr.prot() & Mman.PROT_EXEC) | Mman.PROT_READ | Mman.PROT_WRITE,
                            Mman.MAP_PRIVATE | Mman.MAP_FIXED | Mman.MAP_ANONYMOUS,
                            null,
                            0));
        }
    }

    /// Linux: padzero(); what cannot be written is left alone unless the segment is writable
    private void zeroRestOfPage(long from, int prot) throws ErrnoException {
        long rest = -from & PAGE - 1;
        if (rest == 0) {
            return;
        }
        try {
            memory.clear(from, rest);
        } catch (ErrnoException unwritable) {
            if ((prot & Mman.PROT_WRITE) != 0) {
                throw unwritable;
            }
        }
    }

    private MmapRequest request(
            long vaddr,
            long lengthBytes,
            int prot,
            int flags,
            @Nullable Mappable file,
            long offsetPages) {
        return new MmapRequest(
                vaddr, lengthBytes, prot, flags, file, offsetPages, 0, credentials, limits);
    }
}
