package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCOUNT;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_DONTDUMP;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_DROPPABLE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_EXEC;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_GROWSDOWN;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED_MASK;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAYEXEC;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAYSHARE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAYWRITE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAY_ACCESS;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_NOHUGEPAGE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_NORESERVE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SHARED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SPECIAL;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SYNC;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WIPEONFORK;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WRITE;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.SharedAnonymousFile;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmOperations;
import org.mshareemu.mmu.tlb.TlbBatch;

/// mmap(2), in Linux's order of checks.
///
/// Linux: do_mmap(), mmap_region()
final class Mapper {
    /// Flags that MAP_SHARED ignores when unknown and MAP_SHARED_VALIDATE knows. Linux:
    /// LEGACY_MAP_MASK
    private static final int LEGACY_FLAGS =
            Mman.MAP_SHARED
                    | Mman.MAP_PRIVATE
                    | Mman.MAP_FIXED
                    | Mman.MAP_ANONYMOUS
                    | Mman.MAP_DENYWRITE
                    | Mman.MAP_EXECUTABLE
                    | Mman.MAP_UNINITIALIZED
                    | Mman.MAP_GROWSDOWN
                    | Mman.MAP_LOCKED
                    | Mman.MAP_NORESERVE
                    | Mman.MAP_POPULATE
                    | Mman.MAP_NONBLOCK
                    | Mman.MAP_STACK
                    | Mman.MAP_HUGETLB
                    | Mman.MAP_32BIT
                    | Mman.MAP_ABOVE4G
                    | Mman.MAP_HUGE_MASK << Mman.MAP_HUGE_SHIFT;

    private final Mm mm;
    private final AddressChooser chooser;

    Mapper(Mm mm, AddressChooser chooser) {
        this.mm = mm;
        this.chooser = chooser;
    }

    /// Linux: do_mmap()
    long map(MmapRequest asked) throws ErrnoException {
        MmapRequest request = normalized(asked);
        long length = request.lengthBytes();
        int flags = request.flags();
        long vmFlags =
                request.extraVmFlags()
                        | vmFlagsOf(request.prot(), flags)
                        | mm.defaultFlags()
                        | VM_MAY_ACCESS;
        long vaddr = chooser.choose(request);
        if ((flags & Mman.MAP_FIXED_NOREPLACE) != 0
                && mm.tree().firstIn(vaddr, vaddr + length) != null) {
            throw Errno.EEXIST.exception();
        }
        if ((flags & Mman.MAP_LOCKED) != 0
                && !Locker.mayLockAtAll(request.limits(), request.credentials())) {
            throw Errno.EPERM.exception();
        }
        if (!Locker.mayLock(mm, vmFlags, length, request.limits(), request.credentials())) {
            throw Errno.EAGAIN.exception();
        }
        Mappable file = request.file();
        long pageOffset;
        if (file != null) {
            vmFlags = checkFile(request, file, vmFlags);
            pageOffset = request.offsetPages();
        } else {
            vmFlags = checkAnonymous(flags, vmFlags);
            pageOffset = (vmFlags & VM_SHARED) != 0 ? 0 : vaddr >>> 12;
        }
        if ((flags & Mman.MAP_NORESERVE) != 0
                && mm.context().commit().mode() != CommitAccount.NEVER) {
            vmFlags |= VM_NORESERVE;
        }
        mapRegion(request, vaddr, vmFlags, pageOffset);
        return vaddr;
    }

    /// What do_mmap() settles before it looks for an address.
    private MmapRequest normalized(MmapRequest asked) throws ErrnoException {
        if (asked.lengthBytes() == 0) {
            throw Errno.EINVAL.exception();
        }
        int flags = asked.flags();
        if ((flags & Mman.MAP_FIXED_NOREPLACE) != 0) {
            flags |= Mman.MAP_FIXED;
        }
        long vaddr = asked.vaddr();
        if ((flags & Mman.MAP_FIXED) == 0) {
            vaddr &= -4096;
            if (vaddr != 0 && Long.compareUnsigned(vaddr, mm.context().minAddress()) < 0) {
                vaddr = mm.context().minAddress();
            }
        }
        long length = asked.lengthBytes() + 4095 & -4096;
        if (length == 0) {
            throw Errno.ENOMEM.exception();
        }
        long endOffset = asked.offsetPages() + (length >>> 12);
        if (Long.compareUnsigned(endOffset, asked.offsetPages()) < 0) {
            throw Errno.EOVERFLOW.exception();
        }
        if (mm.tree().size() > mm.context().maxMapCount()) {
            throw Errno.ENOMEM.exception();
        }
        return new MmapRequest(
                vaddr,
                length,
                asked.prot(),
                flags,
                asked.file(),
                asked.offsetPages(),
                asked.extraVmFlags(),
                asked.credentials(),
                asked.limits());
    }

    /// Linux: calc_vm_prot_bits(), calc_vm_flag_bits()
    private static long vmFlagsOf(int prot, int flags) {
        long vmFlags = prot & (Mman.PROT_READ | Mman.PROT_WRITE | Mman.PROT_EXEC);
        if ((flags & Mman.MAP_GROWSDOWN) != 0) {
            vmFlags |= VM_GROWSDOWN;
        }
        if ((flags & Mman.MAP_LOCKED) != 0) {
            vmFlags |= VM_LOCKED;
        }
        if ((flags & Mman.MAP_SYNC) != 0) {
            vmFlags |= VM_SYNC;
        }
        if ((flags & Mman.MAP_STACK) != 0) {
            vmFlags |= VM_NOHUGEPAGE;
        }
        return vmFlags;
    }

    /// The file's part of do_mmap().
    private static long checkFile(MmapRequest request, Mappable file, long vmFlags)
            throws ErrnoException {
        long checked = vmFlags;
        long offset = request.offsetPages();
        if (Long.compareUnsigned(offset, (Long.MAX_VALUE - request.lengthBytes()) >>> 12) > 0) {
            throw Errno.EOVERFLOW.exception();
        }
        int flags = request.flags();
        int type = flags & Mman.MAP_TYPE;
        if (type == Mman.MAP_SHARED || type == Mman.MAP_SHARED_VALIDATE) {
            if (type == Mman.MAP_SHARED_VALIDATE && (flags & ~LEGACY_FLAGS) != 0) {
                throw Errno.EOPNOTSUPP.exception();
            }
            if ((request.prot() & Mman.PROT_WRITE) != 0 && !file.isOpenForWriting()) {
                throw Errno.EACCES.exception();
            }
            checked |= VM_SHARED | VM_MAYSHARE;
            if (!file.isOpenForWriting()) {
                checked &= ~(VM_MAYWRITE | VM_SHARED);
            }
        } else if (type != Mman.MAP_PRIVATE) {
            throw Errno.EINVAL.exception();
        }
        if (!file.isOpenForReading()) {
            throw Errno.EACCES.exception();
        }
        if (file.isNoExec()) {
            if ((checked & VM_EXEC) != 0) {
                throw Errno.EPERM.exception();
            }
            checked &= ~VM_MAYEXEC;
        }
        if (!file.isMappable()) {
            throw Errno.ENODEV.exception();
        }
        if ((checked & VM_GROWSDOWN) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (file.isWriteSealed() && (checked & VM_SHARED) != 0) {
            if ((checked & VM_WRITE) != 0) {
                throw Errno.EPERM.exception();
            }
            checked &= ~VM_MAYWRITE;
        }
        return checked;
    }

    /// The part of do_mmap() for memory without a file.
    private static long checkAnonymous(int flags, long vmFlags) throws ErrnoException {
        return switch (flags & Mman.MAP_TYPE) {
            case Mman.MAP_SHARED -> {
                if ((vmFlags & VM_GROWSDOWN) != 0) {
                    throw Errno.EINVAL.exception();
                }
                yield vmFlags | VM_SHARED | VM_MAYSHARE;
            }
            case Mman.MAP_DROPPABLE -> {
                if ((flags & (Mman.MAP_LOCKED | Mman.MAP_HUGETLB)) != 0
                        || (vmFlags & VM_GROWSDOWN) != 0) {
                    throw Errno.EINVAL.exception();
                }
                yield vmFlags | VM_DROPPABLE | VM_NORESERVE | VM_WIPEONFORK | VM_DONTDUMP;
            }
            case Mman.MAP_PRIVATE -> vmFlags;
            default -> throw Errno.EINVAL.exception();
        };
    }

    /// Makes room, merges with a neighbour or inserts a new area. What was in the way is gone even
    /// if the file then refuses, as in Linux.
    ///
    /// Linux: __mmap_region()
    private void mapRegion(MmapRequest request, long start, long vmFlags, long pageOffset)
            throws ErrnoException {
        long end = start + request.lengthBytes();
        long pages = request.lengthBytes() >>> 12;
        Unmapper unmapper = mm.unmapper();
        try (TlbBatch batch = mm.openBatch()) {
            unmapper.splitAtBorders(start, end);
            long replacedPages = unmapper.pagesIn(start, end);
            if (!mm.mayExpand(vmFlags, pages - replacedPages, request.limits())) {
                throw Errno.ENOMEM.exception();
            }
            long charged = 0;
            long flags = vmFlags;
            if ((vmFlags & (VM_NORESERVE | VM_SHARED | VM_WRITE)) == VM_WRITE) {
                charged = pages - unmapper.accountedPagesIn(start, end);
                mm.context().commit().charge(charged, mm.counters().total(), request.credentials());
                // What is replaced hands its charge on instead of giving it back.
                charged = pages;
                unmapper.removeWhole(start, end, Unmapper.Charge.HANDED_ON, batch);
                flags |= VM_ACCOUNT;
            } else {
                unmapper.removeWhole(start, end, Unmapper.Charge.GIVEN_BACK, batch);
            }
            try {
                place(request.file(), start, end, flags, pageOffset);
            } catch (ErrnoException e) {
                mm.context().commit().uncharge(charged);
                throw e;
            }
        }
    }

    private void place(@Nullable Mappable file, long start, long end, long vmFlags, long pageOffset)
            throws ErrnoException {
        VmAreaTree tree = mm.tree();
        VmArea area = null;
        // Shared memory without a file gets a file of its own, so there is nothing to merge with.
        if (file != null || (vmFlags & VM_SHARED) == 0) {
            area =
                    mm.editor()
                            .mergeNew(
                                    new MergeSpec(
                                            tree.before(start),
                                            tree.findFrom(start),
                                            start,
                                            end,
                                            vmFlags,
                                            pageOffset,
                                            file,
                                            null,
                                            null,
                                            MergeSpec.Growth.BOTH_SIDES));
        }
        if (area == null) {
            area = new VmArea(mm, start, end, vmFlags, pageOffset, file, VmOperations.ANONYMOUS);
            openBacking(area, file);
            mm.editor().insert(area);
        }
        long pages = (end - start) >>> 12;
        mm.counters().addArea(area.flags(), pages);
        if (area.has(VM_LOCKED)) {
            if ((area.flags() & (VM_SPECIAL | VM_DROPPABLE)) != 0) {
                area.setFlags(area.flags() & ~VM_LOCKED_MASK);
            } else {
                mm.counters().addLocked(pages);
            }
        }
    }

    /// Linux: __mmap_new_file_vma(), shmem_zero_setup()
    private void openBacking(VmArea area, @Nullable Mappable file) throws ErrnoException {
        if (file != null) {
            file.acquire();
            try {
                file.mapped(area);
            } catch (ErrnoException e) {
                file.release();
                throw e;
            }
        } else if (area.isShared()) {
            SharedAnonymousFile memory = mm.createSharedAnonymous(area.lengthBytes(), area.flags());
            area.setFile(memory);
            memory.mapped(area);
        }
    }

    /// brk(2)'s growth. Linux: do_brk_flags()
    void mapBrk(long start, long lengthBytes) throws ErrnoException {
        long pages = lengthBytes >>> 12;
        ResourceLimits limits = mm.limits();
        Credentials credentials = mm.credentials();
        long vmFlags =
                Mman.PROT_READ | Mman.PROT_WRITE | VM_MAY_ACCESS | VM_ACCOUNT | mm.defaultFlags();
        if (!mm.mayExpand(vmFlags, pages, limits)
                || mm.tree().size() > mm.context().maxMapCount()) {
            throw Errno.ENOMEM.exception();
        }
        mm.context().commit().charge(pages, mm.counters().total(), credentials);
        long end = start + lengthBytes;
        VmArea area =
                mm.editor()
                        .mergeNew(
                                new MergeSpec(
                                        heapBefore(start),
                                        null,
                                        start,
                                        end,
                                        vmFlags,
                                        start >>> 12,
                                        null,
                                        null,
                                        null,
                                        MergeSpec.Growth.PREVIOUS_ONLY));
        if (area == null) {
            area = new VmArea(mm, start, end, vmFlags, start >>> 12, null, VmOperations.ANONYMOUS);
            mm.editor().insert(area);
        }
        mm.counters().addArea(vmFlags, pages);
        if ((vmFlags & VM_LOCKED) != 0) {
            mm.counters().addLocked(pages);
        }
    }

    /// What brk may grow: nothing that ends where the heap begins, so that the heap stays apart
    /// from the program's bss. Linux: vma_prev_limit(…, mm->start_brk) in SYSCALL_DEFINE1(brk)
    private @Nullable VmArea heapBefore(long start) {
        VmArea previous = mm.tree().before(start);
        return previous == null || previous.end() <= mm.program().startBrk() ? null : previous;
    }
}
