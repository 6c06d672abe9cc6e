package org.mshareemu.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.abi.Wait;
import org.mshareemu.emulator.kernel.signal.SignalAction;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskClone;
import org.mshareemu.emulator.kernel.task.TaskGroup;
import org.mshareemu.emulator.kernel.task.TaskState;
import org.mshareemu.emulator.kernel.task.TaskWait;
import org.mshareemu.mmu.phys.Checking;

import java.util.List;
import java.util.Objects;

/// Parents, children and orphans: who is told of an end, and who may forget it. The tasks never run
/// an instruction; they are forked and ended from here.
class TaskFamilyTest {
    private static final TaskWait.Request ANY =
            new TaskWait.Request(Wait.P_ALL, 0, Wait.WEXITED | Wait.WNOHANG);

    private final Machine machine =
            Machine.builder().memory(64 << 20).checking(Checking.ON).withoutPlugins().build();
    private final Kernel kernel = machine.kernel();
    private Task parent;

    @BeforeEach
    void startParent() throws ProgramRefusedException {
        machine.addFile("/program", TinyElf.of("ebfe"), 0755);
        RunningProgram program = machine.start(ProgramRequest.inGuest("/program"));
        parent = Objects.requireNonNull(kernel.tasks().find(program.pid()));
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private Task fork(Task from) throws ErrnoException {
        TaskClone.Request request = new TaskClone.Request(0, Signals.SIGCHLD, 0, 0, 0, 0);
        return kernel.clones().clone(from, request, _ -> {});
    }

    private void exit(Task task, int code) {
        kernel.exits().exitGroup(task, Wait.exited(code));
    }

    private static int parentOf(Task task) {
        return task.group().parentId();
    }

    @Test
    void aZombieStaysUntilItIsWaitedFor() throws ErrnoException, BlockedException {
        Task child = fork(parent);
        exit(child, 7);
        assertEquals(TaskState.ZOMBIE, child.state());
        TaskWait.Request look =
                new TaskWait.Request(Wait.P_PID, child.tid(), ANY.options() | Wait.WNOWAIT);
        TaskWait.Change seen = kernel.waits().wait(parent, look);
        assertNotNull(seen);
        TaskWait.Change taken = kernel.waits().wait(parent, ANY);
        assertNotNull(taken);
        assertEquals(
                List.of(child.tid(), 0x700, 0x700),
                List.of(taken.pid(), taken.status(), seen.status()));
        assertNull(kernel.tasks().find(child.tid()));
        assertTrue(parent.pending().set() == 0, "SIGCHLD is ignored by default");
        ErrnoException none =
                assertThrows(ErrnoException.class, () -> kernel.waits().wait(parent, ANY));
        assertEquals(Errno.ECHILD, none.errno());
    }

    @Test
    void aLivingChildMeansNothingYet() throws ErrnoException, BlockedException {
        fork(parent);
        assertNull(kernel.waits().wait(parent, ANY));
    }

    @Test
    void whoIgnoresSigchldHasNoZombies() throws ErrnoException {
        parent.handlers().set(Signals.SIGCHLD, new SignalAction(Signals.SIG_IGN, 0, 0, 0));
        Task child = fork(parent);
        exit(child, 1);
        assertNull(kernel.tasks().find(child.tid()));
        ErrnoException none =
                assertThrows(ErrnoException.class, () -> kernel.waits().wait(parent, ANY));
        assertEquals(Errno.ECHILD, none.errno());
    }

    @Test
    void orphansGoToInitAndVanishWhenTheyEnd() throws ErrnoException {
        Task child = fork(parent);
        Task grandchild = fork(child);
        exit(child, 0);
        assertEquals(1, parentOf(grandchild));
        exit(grandchild, 0);
        assertNull(kernel.tasks().find(grandchild.tid()));
    }

    @Test
    void aSubreaperAdoptsItsDescendantsOrphans() throws ErrnoException, BlockedException {
        parent.group().setChildSubreaper(true);
        Task child = fork(parent);
        Task grandchild = fork(child);
        exit(grandchild, 5);
        exit(child, 0);
        assertEquals(parent.tgid(), parentOf(grandchild));
        TaskWait.Request wanted = new TaskWait.Request(Wait.P_PID, grandchild.tid(), ANY.options());
        TaskWait.Change change = kernel.waits().wait(parent, wanted);
        assertNotNull(change);
        assertEquals(Wait.exited(5), change.status());
    }

    @Test
    void aParentsDeathSignalComesFromTheThreadThatForked() throws ErrnoException {
        Task child = fork(parent);
        Task grandchild = fork(child);
        grandchild.setParentDeathSignal(Signals.SIGUSR1);
        exit(child, 0);
        assertTrue(grandchild.group().sharedPending().contains(Signals.SIGUSR1));
    }

    @Test
    void processGroupsFollowTheRulesOfSetpgid() throws ErrnoException {
        Task child = fork(parent);
        TaskGroup group = child.group();
        assertEquals(parent.group().processGroup(), group.processGroup());
        kernel.jobs().setProcessGroup(parent, child.tid(), 0);
        assertEquals(child.tid(), group.processGroup().id());
        ErrnoException leader =
                assertThrows(ErrnoException.class, () -> kernel.jobs().newSession(child));
        assertEquals(Errno.EPERM, leader.errno());
        Task other = fork(parent);
        kernel.jobs().setProcessGroup(other, 0, child.tid());
        assertEquals(group.processGroup(), other.group().processGroup());
        assertEquals(other.tid(), kernel.jobs().newSession(fork(parent)) - 1);
    }

    @Test
    void numbersGoUpAndAreNotReusedAtOnce() throws ErrnoException, BlockedException {
        Task first = fork(parent);
        exit(first, 0);
        kernel.waits().wait(parent, ANY);
        assertEquals(first.tid() + 1, fork(parent).tid());
    }
}
