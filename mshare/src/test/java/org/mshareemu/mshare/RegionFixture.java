package org.mshareemu.mshare;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.emulator.kernel.mm.FaultResult;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.mm.MmContext;
import org.mshareemu.emulator.kernel.mm.MmSetup;
import org.mshareemu.emulator.kernel.spi.AddressSpaceRequest;
import org.mshareemu.emulator.kernel.spi.KernelServices;
import org.mshareemu.emulator.kernel.spi.TaskLifecycle;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.TaskRef;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.paging.WalkResult;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;
import org.mshareemu.mmu.tlb.TlbInvalidator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One region over real address spaces and real tables, without CPUs: faults are handed in. Closing
/// it proves that nothing is left.
final class RegionFixture implements AutoCloseable, KernelServices {
    static final long SLOT = MshareAbi.MSHARE_ALIGN;
    static final int WRITE = PageFaultError.USER | PageFaultError.WRITE;
    static final int READ = PageFaultError.USER;

    final TaskRef owner = new Owner();
    final MshareOwners owners = new MshareOwners();
    final List<String> flushes = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final PhysicalMemory memory = PhysicalMemory.reserve(64L << 20);
    final FrameTable frames = FrameTable.reserve(memory.frameCount());
    final FrameAllocator allocator = new FrameAllocator(memory, frames, Checking.ON);
    final PageTables tables = new PageTables(memory, allocator, frames);
    final MmContext context;
    final MshareRegion region;
    final RegionFile file;

    RegionFixture() throws ErrnoException {
        TlbInvalidator invalidator =
                new TlbInvalidator() {
                    @Override
                    public void flushAddressSpace(long root) {
                        flushes.add("one");
                    }

                    @Override
                    public void flushAll() {
                        flushes.add("all");
                    }
                };
        context = new MmContext(memory, allocator, frames, tables, invalidator, new Random(1));
        region = MshareRegion.create(this, owners, owner);
        file = new RegionFile(region);
    }

    /// A process without areas.
    Mm process() throws ErrnoException {
        return Mm.create(context);
    }

    /// Maps the region at a fixed address and returns the address.
    long attach(Mm process, long vaddr) throws ErrnoException {
        return process.mmap(
                request(vaddr, region.sizeBytes(), Mman.MAP_SHARED | Mman.MAP_FIXED, file));
    }

    /// Maps anonymous memory into the region, as the ioctl does.
    void createObject(long regionOffset, long lengthBytes, int prot) throws ErrnoException {
        region.host()
                .mmap(
                        new MmapRequest(
                                MshareAbi.HOST_BASE + regionOffset,
                                lengthBytes,
                                prot,
                                Mman.MAP_SHARED | Mman.MAP_FIXED | Mman.MAP_ANONYMOUS,
                                null,
                                0,
                                0,
                                Credentials.ROOT,
                                new ResourceLimits()));
    }

    static MmapRequest request(long vaddr, long lengthBytes, int flags, @Nullable Mappable mapped) {
        return new MmapRequest(
                vaddr,
                lengthBytes,
                Mman.PROT_READ | Mman.PROT_WRITE,
                flags,
                mapped,
                0,
                0,
                Credentials.ROOT,
                new ResourceLimits());
    }

    /// What happens until the access goes through or fails, one word group for each fault.
    List<String> touch(Mm process, long vaddr, int access) {
        List<String> actions = new ArrayList<>();
        PageWalker walker = new PageWalker(memory, PagingControls.LINUX);
        while (true) {
            long result = walker.walk(process.root(), vaddr, access);
            if (WalkResult.isTranslated(result)) {
                return actions;
            }
            FaultResult fault = process.handleUserFault(vaddr, WalkResult.errorCode(result));
            actions.add(fault.action());
            if (fault.kind() == FaultResult.Kind.SIGNAL) {
                return actions;
            }
        }
    }

    @Override
    public void registerFileSystem(FileSystemType type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createSysfsMountPoint(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AddressSpace newAddressSpace(AddressSpaceRequest request) throws ErrnoException {
        return Mm.create(
                context,
                new MmSetup(
                        request.name(),
                        request.mmapBase(),
                        request.mmapBase(),
                        MmSetup.Layout.LEGACY,
                        request.taskSize(),
                        MmSetup.FlushReach.ALL_CPUS));
    }

    @Override
    public void addTaskLifecycle(TaskLifecycle lifecycle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void log(String line) {
        log.add(line);
    }

    /// Ends the processes given, then the region, and checks that no frame is left.
    void closeWith(Mm... processes) {
        for (Mm process : processes) {
            process.release();
        }
        if (file.holders != 0) {
            throw new AssertionError("windows still hold the region file: " + file.holders);
        }
        region.destroy();
        context.close();
        if (allocator.usedFrames() != 0) {
            throw new AssertionError("frames left: " + allocator.usedFrames());
        }
    }

    @Override
    public void close() {
        frames.close();
        memory.close();
    }

    private static final class Owner implements TaskRef {
        @Override
        public int tid() {
            return 2;
        }

        @Override
        public int tgid() {
            return 2;
        }

        @Override
        public Credentials credentials() {
            return Credentials.ROOT;
        }
    }

    /// An open region file without a file system around it.
    static final class RegionFile implements Mappable {
        private final MshareRegion region;
        private final MshareVmOperations windows;
        int holders;

        RegionFile(MshareRegion region) {
            this.region = region;
            this.windows = new MshareVmOperations(region);
        }

        @Override
        public void mapped(VmArea area) {
            area.setFlags(area.flags() | VmFlags.VM_MSHARE | VmFlags.VM_DONTEXPAND);
            area.setOperations(windows);
        }

        @Override
        public boolean isMappable() {
            return true;
        }

        @Override
        public long getUnmappedArea(AddressSpace space, MmapRequest request) throws ErrnoException {
            return MsharePlacement.choose(region, space, request);
        }

        @Override
        public boolean isOpenForReading() {
            return true;
        }

        @Override
        public boolean isOpenForWriting() {
            return true;
        }

        @Override
        public boolean isNoExec() {
            return false;
        }

        @Override
        public long sizeBytes() {
            return region.sizeBytes();
        }

        @Override
        public @Nullable PageCache pageCache() {
            return null;
        }

        @Override
        public void acquire() {
            holders++;
        }

        @Override
        public void release() {
            holders--;
        }

        @Override
        public String displayPath() {
            return "/sys/fs/mshare/region";
        }

        @Override
        public long inodeNumber() {
            return 3;
        }

        @Override
        public long deviceNumber() {
            return 7;
        }
    }
}
