package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

/// On whose behalf a file operation runs. Linux: current
public interface CallerContext {
    Credentials credentials();

    ResourceLimits limits();

    /// The caller's memory through its own eyes.
    UserMemory memory();

    /// The caller's address space. Linux: current->mm
    AddressSpace space();

    /// The caller's identity.
    TaskRef task();

    /// The caller's descriptors. Linux: current->files
    FileTable files();

    /// The caller's root, current directory and umask. Linux: current->fs
    FsContext fs();

    /// Sends a signal to the caller itself (SIGXFSZ, SIGPIPE). Linux: send_sig(…, current, 0)
    void sendSignal(int signo);
}
