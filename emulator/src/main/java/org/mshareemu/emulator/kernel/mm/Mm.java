package org.mshareemu.emulator.kernel.mm;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.FreeRange;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.PageSource;
import org.mshareemu.emulator.kernel.memmap.SharedAnonymousFile;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.tlb.TlbBatch;

/// An address space ("mm"): its areas, its page tables, its sizes. What can be done with it stands
/// in one class for each verb; this one holds them together.
///
/// Linux: struct mm_struct
///
/// Invariants: every entry of the tables lies in an area and grants no more than it; every mapped
/// frame is referenced and counted once for each entry ([MmCheck] proves both). Linux's mmap_lock
/// has no counterpart: one call is one step of the one kernel thread, and no other task runs in
/// between.
public final class Mm implements AddressSpace {
    private final MmContext context;
    private final MmSetup setup;
    private final long root;
    private final MmCounters counters = new MmCounters();
    private final VmAreaTree tree = new VmAreaTree();
    private final AreaEditor editor = new AreaEditor(this, tree);
    private final AddressChooser chooser = new AddressChooser(this);
    private final Zapper zapper;
    private final Unmapper unmapper;
    private final Mapper mapper = new Mapper(this, chooser);
    private final Protector protector;
    private final Populator populator;
    private final Locker locker;
    private final Advice advice;
    private final Residency residency;
    private final FaultHandler faultHandler;
    private final MmUserMemory userMemory;

    /// Tasks and others that use this space. Linux: mm_users
    private int users = 1;

    /// Who acts in this space now: the running task's.
    private Credentials credentials = Credentials.ROOT;

    private ResourceLimits limits = new ResourceLimits();

    /// Flags every new area gets, from mlockall(2). Linux: mm->def_flags
    private long defaultFlags;

    private ProgramLayout program = ProgramLayout.NONE;
    private @Nullable Mappable exeFile;

    /// Linux: mm->brk
    private long brk;

    /// Faults of the kernel's own accesses since [#takeKernelFaults].
    private long kernelFaults;

    private Mm(MmContext context, MmSetup setup, long root) {
        this.context = context;
        this.setup = setup;
        this.root = root;
        this.zapper = new Zapper(this);
        this.unmapper = new Unmapper(this, tree, zapper);
        this.protector = new Protector(this);
        this.faultHandler = new FaultHandler(this);
        this.userMemory = new MmUserMemory(this);
        this.populator = new Populator(this);
        this.locker = new Locker(this);
        this.advice = new Advice(this);
        this.residency = new Residency(this);
    }

    /// An empty address space for a process. Linux: mm_alloc()
    ///
    /// @throws ErrnoException ENOMEM
    public static Mm create(MmContext context) throws ErrnoException {
        return create(context, MmSetup.process("process"));
    }

    /// An empty address space.
    ///
    /// @throws ErrnoException ENOMEM
    public static Mm create(MmContext context, MmSetup setup) throws ErrnoException {
        long root = context.tables().allocRoot();
        if (root == PageTables.NONE) {
            throw Errno.ENOMEM.exception();
        }
        Mm mm = new Mm(context, setup, root);
        context.spaces().add(mm);
        return mm;
    }

    /// A copy for a child process, sharing private pages until one of the two writes. Linux:
    /// dup_mm()
    ///
    /// @throws ErrnoException ENOMEM; nothing is left of the copy
    public Mm fork() throws ErrnoException {
        return new ForkCopier(this).copy();
    }

    /// One more user. Linux: mmget()
    public void acquire() {
        if (users <= 0) {
            throw new KernelBug("address space " + setup.name() + " used after its end");
        }
        users++;
    }

    /// One user less; the last one ends the space. No CPU may run in it. Linux: mmput()
    public void release() {
        if (users <= 0) {
            throw new KernelBug("address space " + setup.name() + " released too often");
        }
        if (--users == 0) {
            tearDown();
        }
    }

    /// Linux: mm_users
    public int users() {
        return users;
    }

    @Override
    public void destroy() {
        users = 0;
        tearDown();
    }

    /// Linux: exit_mmap(), pgd_free()
    private void tearDown() {
        try (TlbBatch batch = openBatch()) {
            unmapper.removeWhole(0, setup.taskSize(), Unmapper.Charge.GIVEN_BACK, batch);
            context.tables().freeTables(root, 0, PageTables.ADDRESS_END, batch);
            // A CPU may keep entries for a root whose number is given out again.
            batch.noteDowngrade();
        }
        setExeFile(null);
        if (counters.total() != 0 || counters.resident() != 0 || counters.locked() != 0) {
            throw new KernelBug(
                    "address space %s ends with %d pages mapped, %d resident, %d locked"
                            .formatted(
                                    setup.name(),
                                    counters.total(),
                                    counters.resident(),
                                    counters.locked()));
        }
        context.tables().freeRoot(root);
        context.spaces().remove(this);
    }

    /// Whose limits and capabilities apply from now on to calls that bring none: stack growth, brk,
    /// mlock. The running task's, set when it enters the kernel. Linux: current
    public void actFor(Credentials newCredentials, ResourceLimits newLimits) {
        credentials = newCredentials;
        limits = newLimits;
    }

    // ---- faults and the kernel's own accesses

    /// A page fault of user code. The result is valid until this space's next fault.
    ///
    /// @param errorCode as x86 reports it
    public FaultResult handleUserFault(long vaddr, int errorCode) {
        return faultHandler.handle(vaddr, errorCode);
    }

    /// Access for system calls.
    public UserMemory memory() {
        return userMemory;
    }

    /// Minor faults that system calls caused since the last call of this. Linux: part of min_flt
    public long takeKernelFaults() {
        long taken = kernelFaults;
        kernelFaults = 0;
        return taken;
    }

    void countKernelFault() {
        kernelFaults++;
    }

    // ---- mmap and its family

    @Override
    public long mmap(MmapRequest request) throws ErrnoException {
        return mapper.map(request);
    }

    /// mmap(2) with the effect of MAP_POPULATE and MAP_LOCKED. Linux: vm_mmap_pgoff()
    public long mmapAndPopulate(MmapRequest request) throws ErrnoException {
        long vaddr = mapper.map(request);
        populator.afterMmap(request, vaddr);
        return vaddr;
    }

    @Override
    public void munmap(long start, long lengthBytes) throws ErrnoException {
        unmapper.unmap(start, lengthBytes);
    }

    /// mprotect(2). Linux: do_mprotect_pkey()
    public void mprotect(long start, long lengthBytes, int prot) throws ErrnoException {
        protector.mprotect(start, lengthBytes, prot);
    }

    /// mremap(2). Linux: do_mremap()
    ///
    /// @return the address of the mapping
    public long mremap(long vaddr, long oldLength, long newLength, int flags, long newVaddr)
            throws ErrnoException {
        return new Remapper(this, vaddr, oldLength, newLength, flags, newVaddr).run();
    }

    /// madvise(2). Linux: do_madvise()
    public void madvise(long start, long lengthBytes, int behavior) throws ErrnoException {
        advice.madvise(start, lengthBytes, behavior);
    }

    /// msync(2).
    public void msync(long start, long lengthBytes, int flags) throws ErrnoException {
        residency.msync(start, lengthBytes, flags);
    }

    /// mincore(2).
    ///
    /// @param vectorVaddr one byte for each page, in this address space
    public void mincore(long start, long lengthBytes, long vectorVaddr) throws ErrnoException {
        residency.mincore(start, lengthBytes, vectorVaddr);
    }

    /// mlock2(2); mlock(2) has no flags.
    public void mlock(long start, long lengthBytes, int flags) throws ErrnoException {
        locker.mlock(start, lengthBytes, flags);
    }

    /// munlock(2).
    public void munlock(long start, long lengthBytes) throws ErrnoException {
        locker.munlock(start, lengthBytes);
    }

    /// mlockall(2).
    public void mlockall(int flags) throws ErrnoException {
        locker.mlockall(flags);
    }

    /// munlockall(2).
    public void munlockall() {
        locker.munlockall();
    }

    /// brk(2): moves the end of the heap if that is possible.
    ///
    /// @return where it is now
    public long moveBrk(long wanted) {
        brk = new HeapBreak(this).moved(wanted);
        return brk;
    }

    @Override
    public void unmapFilePages(VmArea area, long firstPage, long lastPage, Zap zap) {
        long start = area.start() + ((firstPage - area.pageOffset()) << 12);
        long end = area.start() + ((lastPage - area.pageOffset()) << 12);
        try (TlbBatch batch = openBatch()) {
            zapper.zap(
                    area,
                    start,
                    end,
                    zap == Zap.FILE_PAGES_ONLY ? Zapper.What.FILE_PAGES : Zapper.What.PAGES,
                    batch);
        }
    }

    @Override
    public SharedAnonymousFile createSharedAnonymous(long lengthBytes, long vmFlags)
            throws ErrnoException {
        long pages = lengthBytes >>> 12;
        boolean isCharged = (vmFlags & VmFlags.VM_NORESERVE) == 0;
        if (isCharged) {
            context.commit().charge(pages, counters.total(), credentials);
        }
        return new SharedAnonymousFile(
                context.newPageCache(PageSource.ZERO),
                lengthBytes,
                context.nextInodeNumber(),
                SharedAnonymousFile.DEV_ZERO,
                () -> {
                    if (isCharged) {
                        context.commit().uncharge(pages);
                    }
                });
    }

    // ---- exec

    /// What exec loaded, and where the heap begins and ends.
    ///
    /// @param exe the program's file; a reference is taken
    public void setProgram(ProgramLayout layout, @Nullable Mappable exe) {
        program = layout;
        brk = layout.startBrk();
        setExeFile(exe);
    }

    /// As PR_SET_MM changes it; the heap's end stays.
    public void setProgramLayout(ProgramLayout layout) {
        program = layout;
    }

    public ProgramLayout program() {
        return program;
    }

    /// Linux: mm->exe_file
    public @Nullable Mappable exeFile() {
        return exeFile;
    }

    /// Takes a reference on the new file and drops the old one's. Linux: set_mm_exe_file()
    public void setExeFile(@Nullable Mappable file) {
        Mappable old = exeFile;
        if (file != null) {
            file.acquire();
        }
        exeFile = file;
        if (old != null) {
            old.release();
        }
    }

    /// Linux: mm->brk
    public long brk() {
        return brk;
    }

    /// Grows the area that contains the stack down to an address, as a fault there would.
    ///
    /// @throws ErrnoException ENOMEM if it cannot grow so far
    public void growStack(long vaddr) throws ErrnoException {
        VmArea area = findAreaFrom(vaddr);
        if (area == null
                || (area.start() > vaddr
                        && !(area.has(VmFlags.VM_GROWSDOWN)
                                && new StackGrowth(this).expand(area, vaddr)))) {
            throw Errno.ENOMEM.exception();
        }
    }

    // ---- what is there

    @Override
    public @Nullable VmArea findArea(long vaddr) {
        return tree.find(vaddr);
    }

    @Override
    public @Nullable VmArea findAreaFrom(long vaddr) {
        return tree.findFrom(vaddr);
    }

    /// Linux: mm->map_count
    public int areaCount() {
        return tree.size();
    }

    /// The areas in address order.
    public VmArea areaAt(int index) {
        return tree.at(index);
    }

    @Override
    public long getUnmappedArea(MmapRequest request) throws ErrnoException {
        return chooser.chooseGeneric(request);
    }

    @Override
    public long findFreeRange(FreeRange wanted) {
        return chooser.findFreeRange(wanted);
    }

    @Override
    public boolean isFree(long start, long lengthBytes) {
        VmArea area = tree.findFrom(start);
        return area == null || start + lengthBytes <= StackGrowth.startWithGap(area);
    }

    @Override
    public long root() {
        return root;
    }

    @Override
    public PageTables pageTables() {
        return context.tables();
    }

    @Override
    public long mmapBase() {
        return setup.mmapBase();
    }

    /// Where the bottom-up search begins. Linux: mm->mmap_legacy_base
    public long legacyBase() {
        return setup.legacyBase();
    }

    @Override
    public boolean isLegacyLayout() {
        return setup.layout() == MmSetup.Layout.LEGACY;
    }

    @Override
    public long taskSize() {
        return setup.taskSize();
    }

    @Override
    public long totalPages() {
        return counters.total();
    }

    @Override
    public long tableFrames() {
        return context.tables().tableCount(root);
    }

    /// Sizes by kind.
    public MmCounters counters() {
        return counters;
    }

    public MmContext context() {
        return context;
    }

    /// How it was created.
    public MmSetup setup() {
        return setup;
    }

    @Override
    public String toString() {
        return "%s (root %x, %d areas)".formatted(setup.name(), root, tree.size());
    }

    // ---- for the verbs

    /// The machine's batch, opened for this space's tables; close it to flush.
    TlbBatch openBatch() {
        TlbBatch batch = context.batch();
        switch (setup.flushReach()) {
            case OWN_CPUS -> batch.begin(root);
            case ALL_CPUS -> batch.beginAll();
        }
        return batch;
    }

    /// Linux: may_expand_vm()
    boolean mayExpand(long vmFlags, long pages, ResourceLimits asking) {
        long total = counters.total() + pages;
        if (asking.isExceeded(ResourceLimits.RLIMIT_AS, total << 12)) {
            return false;
        }
        long data = counters.data() + pages;
        if (!MmCounters.isData(vmFlags)
                || !asking.isExceeded(ResourceLimits.RLIMIT_DATA, data << 12)) {
            return true;
        }
        // A limit of 0 asks for no more than the hard limit allows, for a debugger's sake.
        return asking.soft(ResourceLimits.RLIMIT_DATA) == 0
                && Long.compareUnsigned(data << 12, asking.hard(ResourceLimits.RLIMIT_DATA)) <= 0;
    }

    boolean mayExpand(long vmFlags, long pages) {
        return mayExpand(vmFlags, pages, limits);
    }

    /// Linux: mlock_future_ok()
    boolean mayLock(long vmFlags, long lengthBytes) {
        return Locker.mayLock(this, vmFlags, lengthBytes, limits, credentials);
    }

    /// Linux: security_vm_enough_memory_mm()
    void chargeCommit(long pages) throws ErrnoException {
        context.commit().charge(pages, counters.total(), credentials);
    }

    Credentials credentials() {
        return credentials;
    }

    ResourceLimits limits() {
        return limits;
    }

    long defaultFlags() {
        return defaultFlags;
    }

    void setDefaultFlags(long vmFlags) {
        defaultFlags = vmFlags;
    }

    VmAreaTree tree() {
        return tree;
    }

    AreaEditor editor() {
        return editor;
    }

    AddressChooser chooser() {
        return chooser;
    }

    Mapper mapper() {
        return mapper;
    }

    Unmapper unmapper() {
        return unmapper;
    }

    Zapper zapper() {
        return zapper;
    }

    Populator populator() {
        return populator;
    }

    FaultHandler faultHandler() {
        return faultHandler;
    }

    /// A fork's copy takes over what is not in areas and tables.
    void inheritFrom(Mm parent) {
        counters.copySizes(parent.counters);
        credentials = parent.credentials;
        limits = parent.limits;
        program = parent.program;
        brk = parent.brk;
        setExeFile(parent.exeFile);
    }
}
