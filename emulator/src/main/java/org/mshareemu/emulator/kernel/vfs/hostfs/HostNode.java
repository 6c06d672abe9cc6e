package org.mshareemu.emulator.kernel.vfs.hostfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;

import java.io.IOException;
import java.nio.file.Files;

/// A symbolic link of the host, whose body the guest resolves itself; or a device, FIFO or socket
/// of the host, which can be seen and never opened (ENXIO).
final class HostNode extends HostInode {
    HostNode(
            HostSuperBlock host,
            HostAttributes attributes,
            @Nullable HostDirectory parent,
            String name) {
        super(host, attributes, parent, name);
    }

    @Override
    public @Nullable FileOperations fileOperations() {
        return null;
    }

    @Override
    public String readlink(CallerContext caller) throws ErrnoException {
        if (!isSymlink()) {
            throw Errno.EINVAL.exception();
        }
        try {
            return HostNames.wholeName(Files.readSymbolicLink(verifiedOwnPath()));
        } catch (IOException e) {
            throw HostErrors.of(e);
        }
    }
}
