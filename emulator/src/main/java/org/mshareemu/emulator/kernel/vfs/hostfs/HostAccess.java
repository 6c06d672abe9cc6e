package org.mshareemu.emulator.kernel.vfs.hostfs;

/// What the guest may do with host files.
public enum HostAccess {
    READ_ONLY,
    READ_WRITE
}
