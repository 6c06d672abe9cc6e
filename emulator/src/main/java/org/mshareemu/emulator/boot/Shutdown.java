package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.RunLoop;
import org.mshareemu.emulator.kernel.task.TaskGroup;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameUse;

import java.util.ArrayList;
import java.util.List;

/// Ends all programs, unmounts everything and, in checking mode, proves that nothing is left.
final class Shutdown {
    private final Wiring wiring;
    private final Kernel kernel;

    Shutdown(Wiring wiring) {
        this.wiring = wiring;
        this.kernel = wiring.kernel();
    }

    void run(Checking checking) {
        killAll();
        wiring.files().close();
        kernel.vfs().close();
        if (checking == Checking.ON) {
            check();
        }
    }

    /// Kills processes until none is left; each dies on its way to user mode.
    private void killAll() {
        List<TaskGroup> groups = new ArrayList<>(kernel.tasks().groups());
        for (TaskGroup group : groups) {
            kernel.signals().sendToGroup(group, SigInfo.fromKernel(Signals.SIGKILL));
        }
        RunLoop.Outcome outcome =
                wiring.runLoop().run(() -> kernel.tasks().groups().size() == 1, Long.MAX_VALUE);
        if (outcome != RunLoop.Outcome.DONE) {
            throw new KernelBug("processes survive SIGKILL:\n" + TaskReport.ofAll(kernel));
        }
    }

    private void check() {
        List<String> leaks = new ArrayList<>();
        count(leaks, wiring.vfs().openFileCount(), "open files");
        count(leaks, kernel.timers().size(), "timers");
        String futexes = kernel.futexes().leak();
        if (futexes != null) {
            leaks.add(futexes);
        }
        count(leaks, wiring.mmContext().spaces().size(), "address spaces");
        if (leaks.isEmpty()) {
            wiring.mmContext().close();
        }
        for (FrameUse use : FrameUse.values()) {
            if (use != FrameUse.FREE && use != FrameUse.RESERVED) {
                count(leaks, wiring.allocator().usedFrames(use), "frames of " + use);
            }
        }
        if (!leaks.isEmpty()) {
            throw new KernelBug("left behind: " + String.join(", ", leaks));
        }
    }

    private static void count(List<String> leaks, long count, String what) {
        if (count != 0) {
            leaks.add(count + " " + what);
        }
    }
}
