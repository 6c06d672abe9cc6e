package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_memfd_create;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FileTable.OnExec;
import org.mshareemu.emulator.kernel.vfs.Vfs;
import org.mshareemu.emulator.kernel.vfs.tmpfs.MemoryFiles;

/// Files in memory without a name. Linux: mm/memfd.c
public final class MemfdCalls {
    private static final int NAME_MAX = 249;
    private static final int EITHER = MFD_EXEC | MFD_NOEXEC_SEAL;
    private static final int KNOWN = MFD_CLOEXEC | MFD_ALLOW_SEALING | EITHER;

    private final MemoryFiles memoryFiles;

    /// @param vfs the machine's file side
    public MemfdCalls(Vfs vfs) {
        this.memoryFiles = new MemoryFiles(vfs);
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.partly(
                NR_memfd_create, "no huge pages", (task, a) -> memfdCreate(task, a.a0(), a.i1()));
    }

    private long memfdCreate(Task task, long nameVaddr, int flags) throws ErrnoException {
        if ((flags & ~KNOWN) != 0 || (flags & EITHER) == EITHER) {
            throw Errno.EINVAL.exception();
        }
        String name = task.memory().readString(nameVaddr, NAME_MAX + 1);
        if (name == null) {
            throw Errno.EINVAL.exception();
        }
        boolean noExec = (flags & MFD_NOEXEC_SEAL) != 0;
        boolean sealable = noExec || (flags & MFD_ALLOW_SEALING) != 0;
        int seals = (sealable ? 0 : F_SEAL_SEAL) | (noExec ? F_SEAL_EXEC : 0);
        int mode = noExec ? 0x1b6 : 0x1ff;
        FileTable files = task.files();
        OnExec onExec = OnExec.of(flags, MFD_CLOEXEC);
        int fd = files.reserve(0, onExec, OpenCalls.descriptorLimit(task));
        try {
            files.install(fd, memoryFiles.create("memfd:" + name, mode, seals, task.caller()));
            return fd;
        } catch (ErrnoException e) {
            files.unreserve(fd);
            throw e;
        }
    }
}
