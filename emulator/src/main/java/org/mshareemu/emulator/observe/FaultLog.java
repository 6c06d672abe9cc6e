package org.mshareemu.emulator.observe;

import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.mm.FaultResult;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalAction;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.Task;

import java.io.PrintStream;

/// A line per page fault:
///
///     [3 consumer] 0x401a2f main+0x1f: user write, not present (6) at 0x30000000000 in 30000000000-38000000000 rw-s /sys/fs/mshare/x: link mshare
///
/// that is task, instruction, access, address, area and what was done; and a line per signal that an instruction caused, with the exact address:
///
///     [3 consumer] 0x401a2f main+0x1f: SIGSEGV SEGV_MAPERR, si_addr 0x8: killed
public final class FaultLog implements KernelListener {
    private final PrintStream out;
    private final Symbolizer symbolizer;

    /// A log that writes to `out`.
    public FaultLog(PrintStream out, Symbolizer symbolizer) {
        this.out = out;
        this.symbolizer = symbolizer;
    }

    @Override
    public void pageFault(Task task, long vaddr, int errorCode, long rip, FaultResult result) {
        out.print(head(task) + describe(task, vaddr, errorCode, rip, result) + "\n");
    }

    @Override
    public void signalDelivered(Task task, SigInfo info, SignalAction action) {
        int signo = info.signo();
        if (!info.isFromKernel() || (Signals.SYNCHRONOUS_MASK & Signals.bit(signo)) == 0) {
            return;
        }
        String where = symbolizer.describe(task.mmOrNull(), task.cpu().get(Register.RIP));
        String cause = Signals.name(signo) + " " + SignalText.code(signo, info.code());
        String end =
                action.handler() == Signals.SIG_DFL
                        ? "killed"
                        : "handler " + symbolizer.describe(task.mmOrNull(), action.handler());
        out.print(
                head(task)
                        + where
                        + ": "
                        + cause
                        + ", si_addr 0x"
                        + Long.toHexString(info.vaddr())
                        + ": "
                        + end
                        + "\n");
    }

    private static String head(Task task) {
        return "[" + task.tid() + " " + GuestText.of(task.comm()) + "] ";
    }

    /// The line without the task.
    String describe(Task task, long vaddr, int errorCode, long rip, FaultResult result) {
        VmArea area = result.area();
        String place = area == null ? "no area" : FaultWords.area(area);
        return symbolizer.describe(task.mmOrNull(), rip)
                + ": "
                + FaultWords.errorCode(errorCode)
                + " ("
                + errorCode
                + ") at 0x"
                + Long.toHexString(vaddr)
                + " in "
                + place
                + ": "
                + result.action();
    }
}
