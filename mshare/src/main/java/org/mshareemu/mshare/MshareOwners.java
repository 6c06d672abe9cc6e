package org.mshareemu.mshare;

import org.mshareemu.emulator.kernel.spi.TaskLifecycle;
import org.mshareemu.emulator.kernel.vfs.TaskRef;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Which thread owns which regions of one machine. Ownership is neither inherited by fork nor
/// transferable, and it is the creating *thread's*.
///
/// Linux: the mshare list in struct task_struct (patch 17)
final class MshareOwners implements TaskLifecycle {
    /// Compared by identity: a task number may come round again.
    private final IdentityHashMap<TaskRef, List<MshareRegion>> regionsByOwner =
            new IdentityHashMap<>();

    void add(TaskRef owner, MshareRegion region) {
        regionsByOwner.computeIfAbsent(owner, _ -> new ArrayList<>(1)).add(region);
    }

    void remove(TaskRef owner, MshareRegion region) {
        List<MshareRegion> regions = regionsByOwner.get(owner);
        if (regions != null && regions.remove(region) && regions.isEmpty()) {
            regionsByOwner.remove(owner);
        }
    }

    @Override
    public void exiting(TaskRef task) {
        List<MshareRegion> regions = regionsByOwner.remove(task);
        if (regions != null) {
            regions.forEach(MshareRegion::ownerExited);
        }
    }
}
