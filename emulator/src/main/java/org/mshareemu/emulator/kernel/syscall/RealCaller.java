package org.mshareemu.emulator.kernel.syscall;

import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.TaskRef;

/// A caller with its real instead of its effective identity, as access(2) looks at files.
///
/// Linux: access_override_creds()
///
/// @param caller the one it stands for
/// @param credentials what it acts with
record RealCaller(CallerContext caller, Credentials credentials) implements CallerContext {
    static CallerContext of(CallerContext caller) {
        Credentials c = caller.credentials();
        if (c.fsuid() == c.uid()
                && c.fsgid() == c.gid()
                && c.effectiveCapabilities() == (c.uid() == 0 ? c.permittedCapabilities() : 0)) {
            return caller;
        }
        return new RealCaller(
                caller,
                new Credentials(
                        c.uid(),
                        c.gid(),
                        c.euid(),
                        c.egid(),
                        c.suid(),
                        c.sgid(),
                        c.uid(),
                        c.gid(),
                        c.groups(),
                        c.uid() == 0 ? c.permittedCapabilities() : 0,
                        c.permittedCapabilities()));
    }

    @Override
    public ResourceLimits limits() {
        return caller.limits();
    }

    @Override
    public UserMemory memory() {
        return caller.memory();
    }

    @Override
    public AddressSpace space() {
        return caller.space();
    }

    @Override
    public TaskRef task() {
        return caller.task();
    }

    @Override
    public FileTable files() {
        return caller.files();
    }

    @Override
    public FsContext fs() {
        return caller.fs();
    }

    @Override
    public void sendSignal(int signo) {
        caller.sendSignal(signo);
    }
}
