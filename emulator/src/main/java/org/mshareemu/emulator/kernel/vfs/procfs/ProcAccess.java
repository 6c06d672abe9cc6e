package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.vfs.AttributeChange;
import org.mshareemu.emulator.kernel.vfs.CallerContext;

/// Who may look into a process. Linux: ptrace_may_access() with PTRACE_MODE_READ_FSCREDS
final class ProcAccess {
    private ProcAccess() {}

    /// Refuses strangers.
    ///
    /// @throws ErrnoException EACCES
    static void check(ProcessTask target, CallerContext caller) throws ErrnoException {
        if (!isAllowed(target, caller)) {
            throw Errno.EACCES.exception();
        }
    }

    static boolean isAllowed(ProcessTask target, CallerContext caller) {
        if (target.ids().tgid() == caller.task().tgid()) {
            return true;
        }
        Credentials who = caller.credentials();
        if (who.isCapable(Credentials.CAP_SYS_PTRACE)) {
            return true;
        }
        Credentials whom = target.credentials();
        long missing = whom.permittedCapabilities() & ~who.permittedCapabilities();
        return isSameUser(who, whom) && target.isDumpable() && missing == 0;
    }

    /// The modes of files below /proc/PID are as they are. Linux: proc_setattr()
    ///
    /// @throws ErrnoException EPERM
    static void refuseModes(AttributeChange change) throws ErrnoException {
        if (change.has(AttributeChange.MODE)) {
            throw Errno.EPERM.exception();
        }
    }

    private static boolean isSameUser(Credentials who, Credentials whom) {
        return who.fsuid() == whom.euid()
                && who.fsuid() == whom.suid()
                && who.fsuid() == whom.uid()
                && who.fsgid() == whom.egid()
                && who.fsgid() == whom.sgid()
                && who.fsgid() == whom.gid();
    }
}
