package org.mshareemu.mshare;

import org.mshareemu.emulator.kernel.spi.KernelPlugin;
import org.mshareemu.emulator.kernel.spi.KernelServices;

/// Plugs mshare into a machine: the file-system type, its mount point, and the hook at task exit.
///
/// Linux: mshare_init() (patches 01, 02, 17)
public final class MsharePlugin implements KernelPlugin {
    /// For [java.util.ServiceLoader].
    public MsharePlugin() {}

    @Override
    public String name() {
        return "mshare";
    }

    @Override
    public void install(KernelServices services) {
        MshareOwners owners = new MshareOwners();
        services.addTaskLifecycle(owners);
        services.registerFileSystem(new MshareFileSystem(services, owners));
        services.createSysfsMountPoint("/sys/fs/mshare");
    }
}
