package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.util.HashMap;
import java.util.Map;

/// Which driver a device number opens. Linux: cdev_map
public final class DeviceTable {
    private final Map<Long, FileOperations> characterDevices = new HashMap<>();

    /// What nodes do until their driver is known: it is looked up when they are opened. Linux:
    /// def_chr_fops
    public static final FileOperations UNKNOWN =
            new FileOperations() {
                @Override
                public void open(OpenFile file, CallerContext caller) throws ErrnoException {
                    throw Errno.ENXIO.exception();
                }
            };

    /// Registers a driver for one number.
    ///
    /// @param device as [org.mshareemu.emulator.kernel.abi.Stat#makeDevice]
    public void register(long device, FileOperations operations) {
        characterDevices.put(device, operations);
    }

    /// The driver or null. Linux: kobj_lookup()
    public @Nullable FileOperations find(long device) {
        return characterDevices.get(device);
    }
}
