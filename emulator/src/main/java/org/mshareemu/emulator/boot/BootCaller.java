package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.TaskRef;

/// The kernel itself as the caller of file operations, before there is any task. Linux: kthreadd's
/// credentials in kernel_init()
final class BootCaller implements CallerContext {
    private @Nullable FsContext fs;
    private final ResourceLimits limits = new ResourceLimits();
    private final FileTable files = new FileTable();

    /// Once there is a root directory.
    void setFs(FsContext newFs) {
        fs = newFs;
    }

    /// Gives back what the caller holds.
    void release() {
        if (fs != null) {
            fs.release();
            fs = null;
        }
    }

    @Override
    public Credentials credentials() {
        return Credentials.ROOT;
    }

    @Override
    public ResourceLimits limits() {
        return limits;
    }

    @Override
    public UserMemory memory() {
        throw new KernelBug("the kernel has no user memory");
    }

    @Override
    public AddressSpace space() {
        throw new KernelBug("the kernel has no user address space");
    }

    @Override
    public TaskRef task() {
        return InitTask.INSTANCE;
    }

    @Override
    public FileTable files() {
        return files;
    }

    @Override
    public FsContext fs() {
        FsContext known = fs;
        if (known == null) {
            throw new KernelBug("no root directory yet");
        }
        return known;
    }

    @Override
    public void sendSignal(int signo) {
        throw new KernelBug("signal " + signo + " for the kernel");
    }

    private enum InitTask implements TaskRef {
        INSTANCE;

        @Override
        public int tid() {
            return 1;
        }

        @Override
        public int tgid() {
            return 1;
        }

        @Override
        public Credentials credentials() {
            return Credentials.ROOT;
        }
    }
}
