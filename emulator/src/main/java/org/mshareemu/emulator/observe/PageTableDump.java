package org.mshareemu.emulator.observe;

import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.Task;

import java.io.PrintStream;

/// Draws the page tables of each process at its end, while they still stand; shared tables follow
/// the first process that shows them.
public final class PageTableDump implements KernelListener {
    private final PrintStream out;

    /// A dump that writes to `out`.
    public PageTableDump(PrintStream out) {
        this.out = out;
    }

    @Override
    public void taskExiting(Task task, int status) {
        // With other threads left the tables live on; a vfork child's are its parent's.
        if (task.group().liveTasks() <= 1 && task.mm().users() <= 1) {
            draw(task, task.mm());
        }
    }

    /// Draws one process now.
    public void draw(Task task, Mm mm) {
        PageTableView view = new PageTableView(out, mm.context().memory(), mm.context().frames());
        view.draw("process " + task.tgid() + " " + GuestText.of(task.comm()), mm.root());
        view.drawSharedTables();
    }
}
