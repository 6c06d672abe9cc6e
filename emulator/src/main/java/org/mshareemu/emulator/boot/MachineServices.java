package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.mm.MmSetup;
import org.mshareemu.emulator.kernel.spi.AddressSpaceRequest;
import org.mshareemu.emulator.kernel.spi.KernelServices;
import org.mshareemu.emulator.kernel.spi.TaskLifecycle;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;

/// The kernel as plugins see it.
final class MachineServices implements KernelServices {
    private final Kernel kernel;
    private final BootFiles files;

    MachineServices(Kernel kernel, BootFiles files) {
        this.kernel = kernel;
        this.files = files;
    }

    @Override
    public void registerFileSystem(FileSystemType type) {
        kernel.vfs().register(type);
    }

    @Override
    public void createSysfsMountPoint(String path) {
        files.addMountPoint(path);
    }

    @Override
    public AddressSpace newAddressSpace(AddressSpaceRequest request) throws ErrnoException {
        MmSetup.FlushReach reach =
                switch (request.flushReach()) {
                    case OWN_CPUS -> MmSetup.FlushReach.OWN_CPUS;
                    case ALL_CPUS -> MmSetup.FlushReach.ALL_CPUS;
                };
        MmSetup setup =
                new MmSetup(
                        request.name(),
                        request.mmapBase(),
                        request.mmapBase(),
                        MmSetup.Layout.LEGACY,
                        request.taskSize(),
                        reach);
        return Mm.create(kernel.mmContext(), setup);
    }

    @Override
    public void addTaskLifecycle(TaskLifecycle lifecycle) {
        kernel.lifecycle().add(lifecycle);
    }

    @Override
    public void log(String line) {
        kernel.log(line);
    }
}
