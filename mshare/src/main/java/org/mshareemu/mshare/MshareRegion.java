package org.mshareemu.mshare;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.spi.AddressSpaceRequest;
import org.mshareemu.emulator.kernel.spi.AddressSpaceRequest.FlushReach;
import org.mshareemu.emulator.kernel.spi.KernelServices;
import org.mshareemu.emulator.kernel.vfs.TaskRef;

/// What stands behind a region file: a host address space that no task runs in, whose areas are the
/// objects mapped by ioctl and whose tables are linked into the processes.
///
/// Linux: struct mshare_data (patches 04, 05, 17)
///
/// Invariants: the size is set at most once and is a multiple of 512 GiB; host addresses are
/// `[HOST_BASE, HOST_BASE + size)`; the host space lives until the file's inode is evicted, hence
/// longer than any window, since a window holds the file.
final class MshareRegion {
    private final KernelServices services;
    private final AddressSpace host;
    private final MshareOwners owners;

    /// Who created the file and is still alive; null afterwards.
    private @Nullable TaskRef owner;

    private boolean initialised;
    private long sizeBytes;

    private MshareRegion(
            KernelServices services, AddressSpace host, MshareOwners owners, TaskRef owner) {
        this.services = services;
        this.host = host;
        this.owners = owners;
        this.owner = owner;
    }

    /// Makes a region of no size owned by a task.
    ///
    /// @throws ErrnoException ENOMEM
    static MshareRegion create(KernelServices services, MshareOwners owners, TaskRef creator)
            throws ErrnoException {
        AddressSpace host =
                services.newAddressSpace(
                        new AddressSpaceRequest(
                                "mshare",
                                MshareAbi.HOST_BASE,
                                MshareAbi.TASK_SIZE,
                                FlushReach.ALL_CPUS));
        MshareRegion region = new MshareRegion(services, host, owners, creator);
        owners.add(creator, region);
        return region;
    }

    AddressSpace host() {
        return host;
    }

    boolean isInitialised() {
        return initialised;
    }

    boolean hasOwner() {
        return owner != null;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /// First host address behind the region.
    long hostEnd() {
        return MshareAbi.HOST_BASE + sizeBytes;
    }

    /// Sets the size for good. Size 0 passes the alignment rule, and then it, too, is for good.
    ///
    /// Linux: mshare_set_size() (patch 05)
    ///
    /// @throws ErrnoException EINVAL if set before or not a multiple of 512 GiB
    void setSize(long newSizeBytes) throws ErrnoException {
        if (initialised || !MshareAbi.isAligned(newSizeBytes)) {
            throw Errno.EINVAL.exception();
        }
        initialised = true;
        sizeBytes = newSizeBytes;
    }

    /// The owner is exiting: everything in the region goes; file, size and windows remain.
    ///
    /// Linux: exit_mshare() (patch 17)
    void ownerExited() {
        owner = null;
        try {
            host.munmap(MshareAbi.HOST_BASE, sizeBytes);
        } catch (ErrnoException e) {
            // An unsized region has a length of 0, which munmap refuses; upstream, too, only logs
            // it.
            services.log(
                    "mshare: unmapping a region at its owner's exit failed: " + e.getMessage());
        }
    }

    /// The inode is being evicted: nobody can reach the region any more.
    ///
    /// Linux: msharefs_evict_inode() (patches 04, 17)
    void destroy() {
        TaskRef last = owner;
        if (last != null) {
            owners.remove(last, this);
            owner = null;
        }
        host.destroy();
    }
}
