package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.MountRequest;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// `proc`. Each mount shows the same machine under a device number of its own.
public final class ProcFileSystem implements FileSystemType {
    private final ProcViews views;
    private final SysctlTable settings;

    /// @param settings what stands below /proc/sys
    public ProcFileSystem(ProcViews views, SysctlTable settings) {
        this.views = views;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "proc";
    }

    /// Options that hide processes are taken and change nothing: there is one user's machine.
    @Override
    public SuperBlock mount(MountRequest request) throws ErrnoException {
        for (String option : request.options().split(",", -1)) {
            String key = option.replaceFirst("=.*", "");
            switch (key) {
                case "", "hidepid", "gid", "subset" -> {}
                default -> throw Errno.EINVAL.exception();
            }
        }
        return new ProcSuperBlock(request.vfs(), views, settings, request.flags());
    }
}
