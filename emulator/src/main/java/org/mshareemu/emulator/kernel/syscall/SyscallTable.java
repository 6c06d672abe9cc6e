package org.mshareemu.emulator.kernel.syscall;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.SyscallDispatcher;
import org.mshareemu.emulator.kernel.task.Task;

import java.util.BitSet;

/// Which handler does which system call, and how completely. The families of calls register their
/// rows; the run loop calls [#invoke].
///
/// Linux: sys_call_table
public final class SyscallTable implements SyscallDispatcher {
    /// One system call.
    ///
    /// @param number as in RAX
    /// @param name as the manual page has it
    /// @param support how much works
    /// @param note what is missing; empty for full support
    public record Row(int number, String name, Support support, String note) {}

    private final SyscallHandler[] handlers = new SyscallHandler[SyscallNumber.COUNT];
    private final Row[] rows = new Row[SyscallNumber.COUNT];
    private final SyscallArgs args = new SyscallArgs();
    private final BitSet reportedMissing = new BitSet();
    private final Kernel kernel;

    /// @param kernel told once of each missing call
    public SyscallTable(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Adds a call. A number may be registered once.
    public void row(int number, Support support, SyscallHandler handler) {
        add(number, support, "", handler);
    }

    /// Adds a call that works as on Linux.
    public void row(int number, SyscallHandler handler) {
        add(number, Support.FULL, "", handler);
    }

    /// Adds a call of which something is missing.
    ///
    /// @param missing what, for the user
    public void partly(int number, String missing, SyscallHandler handler) {
        add(number, Support.PARTLY, missing, handler);
    }

    private void add(int number, Support support, String note, SyscallHandler handler) {
        if (rows[number] != null) {
            throw new KernelBug("system call registered twice: " + SyscallNumber.name(number));
        }
        rows[number] = new Row(number, SyscallNumber.name(number), support, note);
        handlers[number] = handler;
    }

    /// What is known of a call; a missing one has [Support#ENOSYS].
    public Row describe(int number) {
        Row row = rows[number];
        return row != null ? row : new Row(number, SyscallNumber.name(number), Support.ENOSYS, "");
    }

    @Override
    public long invoke(Task task) throws BlockedException {
        long number = task.cpu().get(Register.RAX);
        SyscallHandler handler = find(number);
        if (handler == null) {
            reportMissing(number);
            return -Errno.ENOSYS.number();
        }
        args.fill(task.cpu());
        try {
            return handler.call(task, args);
        } catch (ErrnoException failure) {
            return -failure.errno().number();
        }
    }

    private @Nullable SyscallHandler find(long number) {
        // Linux looks at the lower half of RAX only: do_syscall_x64() takes an int.
        int index = (int) number;
        return index >= 0 && index < handlers.length ? handlers[index] : null;
    }

    private void reportMissing(long number) {
        int index = (int) number;
        if (index >= 0 && index < SyscallNumber.COUNT && !reportedMissing.get(index)) {
            reportedMissing.set(index);
            kernel.log("system call not supported: " + SyscallNumber.name(index));
        }
    }
}
