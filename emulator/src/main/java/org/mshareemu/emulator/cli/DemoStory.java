package org.mshareemu.emulator.cli;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.emulator.kernel.mm.FaultResult;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.observe.FaultWords;
import org.mshareemu.emulator.observe.TableCensus;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Watches donor and consumer, takes a picture of both sets of page tables when the consumer is
/// about to leave, and tells what it saw.
final class DemoStory implements KernelListener {
    private static final long FRAME_BYTES = PhysicalMemory.PAGE_SIZE;

    /// Address spaces of the processes alive, by name, in the order in which they began.
    private final Map<String, Task> processes = new LinkedHashMap<>();

    private final List<String> windowFaults = new ArrayList<>();
    private final Map<String, Integer> otherFaults = new LinkedHashMap<>();
    private @Nullable TableCensus picture;

    @Override
    public void taskExeced(Task task, String path) {
        processes.put(task.comm(), task);
    }

    @Override
    public void pageFault(Task task, long vaddr, int errorCode, long rip, FaultResult result) {
        VmArea area = task.mm().findArea(vaddr);
        if (area != null && area.has(VmFlags.VM_MSHARE)) {
            windowFaults.add(
                    pad(task.comm(), 10)
                            + FaultWords.errorCode(errorCode)
                            + " ("
                            + errorCode
                            + ") at 0x"
                            + Long.toHexString(vaddr)
                            + ": "
                            + result.action());
        } else {
            otherFaults.merge(task.comm(), 1, Integer::sum);
        }
    }

    @Override
    public void syscallEntered(Task task) {
        boolean isLeaving = task.cpu().get(Register.RAX) == SyscallNumber.NR_exit_group;
        if (isLeaving && task.comm().equals("consumer") && picture == null) {
            TableCensus census =
                    new TableCensus(task.mm().context().memory(), task.mm().context().frames());
            processes.forEach((name, process) -> census.add(name, process.mm().root()));
            picture = census;
        }
    }

    /// Whether the picture could be taken.
    boolean isComplete() {
        return picture != null;
    }

    /// Tells the story.
    ///
    /// @param printed what the programs wrote
    void tell(PrintStream out, String printed) {
        TableCensus census = picture;
        if (census == null) {
            return;
        }
        out.print(
                """
                Two static programs at two addresses, and one page table between them.

                What they printed:
                """);
        printed.lines().forEach(line -> out.print("  " + line + "\n"));
        out.print("\nTop-level entries when the consumer had answered:\n");
        for (TableCensus.Root root : census.roots()) {
            for (TableCensus.TopEntry entry : root.topEntries()) {
                out.print(topEntry(root.name(), entry));
            }
        }
        sharedTable(out, census);
        out.print("\nFaults in the window:\n");
        windowFaults.forEach(line -> out.print("  " + line + "\n"));
        otherFaults.forEach(
                (name, count) -> out.print("  " + pad(name, 10) + count + " elsewhere\n"));
        out.print("\nTables:\n");
        for (TableCensus.Root root : census.roots()) {
            out.print(
                    "  "
                            + pad(root.name(), 10)
                            + root.ownTables()
                            + " of its own, "
                            + root.sharedTables()
                            + " shared\n");
        }
        out.print(
                "  page tables: "
                        + census.tablesWithSharing() * FRAME_BYTES
                        + " bytes with sharing, "
                        + census.tablesWithoutSharing() * FRAME_BYTES
                        + " with private copies\n");
    }

    private static void sharedTable(PrintStream out, TableCensus census) {
        List<Long> told = new ArrayList<>();
        for (TableCensus.Root root : census.roots()) {
            for (TableCensus.TopEntry entry : root.topEntries()) {
                if (entry.links() > 0 && !told.contains(entry.pfn())) {
                    told.add(entry.pfn());
                    out.print(
                            "  shared PUD table: frame 0x"
                                    + Long.toHexString(entry.pfn())
                                    + ", share count "
                                    + entry.links()
                                    + "\n");
                }
            }
        }
    }

    private static String topEntry(String name, TableCensus.TopEntry entry) {
        String rights =
                (Pte.isWritable(entry.entry()) ? "w" : "-")
                        + (Pte.isUser(entry.entry()) ? "u" : "s");
        return "  "
                + pad(name, 10)
                + pad("PGD[" + entry.slot() + "]", 10)
                + pad("0x" + Long.toHexString(entry.vaddr()), 16)
                + pad("entry 0x" + Long.toHexString(entry.entry()), 18)
                + rights
                + (entry.links() > 0 ? "  shared PUD table, frame 0x" : "  PUD table, frame 0x")
                + Long.toHexString(entry.pfn())
                + "\n";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
