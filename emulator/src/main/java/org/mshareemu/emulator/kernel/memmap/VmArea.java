package org.mshareemu.emulator.kernel.memmap;

import org.jspecify.annotations.Nullable;

/// A range of virtual addresses of one address space with one set of rights and one backing.
///
/// Linux: struct vm_area_struct
///
/// Invariants: `start < end`, both page-aligned; the range, flags and backing are changed only by
/// the address space the area stands in, which keeps its tree consistent with them. An area with a
/// file holds one reference on it from insertion to removal.
public final class VmArea {
    private final AddressSpace addressSpace;
    private long start;
    private long end;
    private long flags;
    private long pageOffset;
    private @Nullable Mappable file;
    private VmOperations operations;
    private @Nullable PageCache pages;
    private @Nullable Object backing;

    /// Where new private pages of this area belong; null until there is one. Kept by [AnonVma].
    @Nullable AnonVma anonVma;

    /// All whose pages may be mapped here; kept by [AnonVma].
    AnonVma[] anonChain = AnonVma.noChain();

    /// Links of the list of areas that map the same pages; kept by [PageCache].
    @Nullable VmArea previousInPages;

    @Nullable VmArea nextInPages;
    boolean inPages;

    /// @param addressSpace whose area this is
    /// @param start first address, page-aligned
    /// @param end first address behind it, page-aligned
    /// @param flags VM_*
    /// @param pageOffset offset into the file in pages; for anonymous memory `start >> 12`
    /// @param file backing file, or null for anonymous memory
    /// @param operations what to do on faults and changes
    public VmArea(
            AddressSpace addressSpace,
            long start,
            long end,
            long flags,
            long pageOffset,
            @Nullable Mappable file,
            VmOperations operations) {
        this.addressSpace = addressSpace;
        this.start = start;
        this.end = end;
        this.flags = flags;
        this.pageOffset = pageOffset;
        this.file = file;
        this.operations = operations;
    }

    /// Linux: vm_mm
    public AddressSpace addressSpace() {
        return addressSpace;
    }

    /// Linux: vm_start
    public long start() {
        return start;
    }

    /// Linux: vm_end
    public long end() {
        return end;
    }

    /// Length in bytes.
    public long lengthBytes() {
        return end - start;
    }

    /// Linux: vm_flags
    public long flags() {
        return flags;
    }

    /// Whether all the given flags are set.
    public boolean has(long wanted) {
        return (flags & wanted) == wanted;
    }

    /// Linux: vm_pgoff
    public long pageOffset() {
        return pageOffset;
    }

    /// The file page that stands at a virtual address. Linux: linear_page_index()
    public long pageOffsetAt(long vaddr) {
        return pageOffset + ((vaddr - start) >>> 12);
    }

    /// Linux: vm_file
    public @Nullable Mappable file() {
        return file;
    }

    /// Linux: vm_ops
    public VmOperations operations() {
        return operations;
    }

    /// The page cache behind the area (file pages or shared anonymous memory), or null for private
    /// anonymous memory. Linux: vma->vm_file->f_mapping
    public @Nullable PageCache pages() {
        return pages;
    }

    /// What the operations keep with the area. Linux: vm_private_data
    public @Nullable Object backing() {
        return backing;
    }

    /// Where new private pages belong, or null while there never was one. Linux: vma->anon_vma
    public @Nullable AnonVma anonVma() {
        return anonVma;
    }

    /// Private memory without a file behind its pages. Linux: vma_is_anonymous()
    public boolean isAnonymous() {
        return operations.equals(VmOperations.ANONYMOUS);
    }

    /// Length in pages. Linux: vma_pages()
    public long sizePages() {
        return (end - start) >>> 12;
    }

    /// Whether changes reach other mappings of the same object. Linux: VM_SHARED
    public boolean isShared() {
        return has(VmFlags.VM_SHARED);
    }

    /// Whether writes are kept to this address space by copying. Linux: is_cow_mapping()
    public boolean isCopyOnWrite() {
        return (flags & (VmFlags.VM_SHARED | VmFlags.VM_MAYWRITE)) == VmFlags.VM_MAYWRITE;
    }

    /// Whether the address lies in the area.
    public boolean contains(long vaddr) {
        return vaddr >= start && vaddr < end;
    }

    /// A copy for an address space: same range, flags and backing, attached to nothing and holding
    /// no reference. Linux: vm_area_dup()
    public VmArea copyFor(AddressSpace space) {
        VmArea copy = new VmArea(space, start, end, flags, pageOffset, file, operations);
        copy.pages = pages;
        copy.backing = backing;
        return copy;
    }

    /// For the owning address space: moves the borders.
    public void setRange(long newStart, long newEnd, long newPageOffset) {
        start = newStart;
        end = newEnd;
        pageOffset = newPageOffset;
    }

    /// For the owning address space and for [Mappable#mapped].
    public void setFlags(long newFlags) {
        flags = newFlags;
    }

    /// For [Mappable#mapped]: what to do on faults and changes.
    public void setOperations(VmOperations newOperations) {
        operations = newOperations;
    }

    /// For [Mappable#mapped]: the pages to be mapped.
    public void setPages(@Nullable PageCache newPages) {
        pages = newPages;
    }

    /// For [Mappable#mapped]: data of the operations.
    public void setBacking(@Nullable Object newBacking) {
        backing = newBacking;
    }

    /// For the owning address space: the file, whose reference the caller moves along.
    public void setFile(@Nullable Mappable newFile) {
        file = newFile;
    }

    @Override
    public String toString() {
        return "%x-%x %c%c%c%c pgoff=%x"
                .formatted(
                        start,
                        end,
                        has(VmFlags.VM_READ) ? 'r' : '-',
                        has(VmFlags.VM_WRITE) ? 'w' : '-',
                        has(VmFlags.VM_EXEC) ? 'x' : '-',
                        has(VmFlags.VM_MAYSHARE) ? 's' : 'p',
                        pageOffset);
    }
}
