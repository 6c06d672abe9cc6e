package org.mshareemu.emulator.kernel.syscall;

import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.vfs.Vfs;
import org.mshareemu.emulator.kernel.vfs.pipe.Pipes;

/// All families of calls that have to do with files.
public final class FileFamilies {
    private FileFamilies() {}

    /// Registers every row of the file side.
    public static void register(Kernel kernel, SyscallTable table) {
        Vfs vfs = kernel.vfs();
        LockCalls locks = new LockCalls();
        new OpenCalls().register(table);
        new FileCalls().register(table);
        locks.register(table);
        new FcntlCalls(locks).register(table);
        new StatCalls().register(table);
        new AttributeCalls().register(table);
        new PathCalls(kernel).register(table);
        new DirectoryCalls().register(table);
        new MountCalls(vfs).register(table);
        new PipeCalls(new Pipes(vfs)).register(table);
        new MemfdCalls(vfs).register(table);
        new XattrCalls().register(table);
        new TransferCalls().register(table);
        new EventCalls(kernel).register(table);
        new NotificationCalls(kernel).register(table);
        new PollCalls().register(table);
        new SelectCalls().register(table);
    }
}
