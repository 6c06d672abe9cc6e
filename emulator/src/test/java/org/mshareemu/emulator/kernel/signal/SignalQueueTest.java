package org.mshareemu.emulator.kernel.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.Signals;

import java.util.ArrayList;
import java.util.List;

class SignalQueueTest {
    private final SignalQueue queue = new SignalQueue();

    private static SigInfo from(int signo, int pid) {
        return SigInfo.fromTask(signo, Signals.SI_USER, pid, 0);
    }

    private List<String> takeAll(long blocked) {
        List<String> taken = new ArrayList<>();
        for (SigInfo info = queue.take(blocked); info != null; info = queue.take(blocked)) {
            taken.add(Signals.name(info.signo()) + "/" + info.pid());
        }
        return taken;
    }

    @Test
    void aStandardSignalIsPendingOnceAndKeepsItsFirstSender() {
        queue.add(from(Signals.SIGUSR1, 7));
        queue.add(from(Signals.SIGUSR1, 8));
        assertEquals(List.of("SIGUSR1/7"), takeAll(0));
        assertEquals(0, queue.set());
    }

    @Test
    void realTimeSignalsQueueUpInOrder() {
        queue.add(from(35, 1));
        queue.add(from(34, 2));
        queue.add(from(34, 3));
        assertEquals(List.of("SIGRTMIN+2/2", "SIGRTMIN+2/3", "SIGRTMIN+3/1"), takeAll(0));
    }

    @Test
    void signalsOfInstructionsGoBeforeLowerNumbers() {
        queue.add(from(Signals.SIGHUP, 1));
        queue.add(from(Signals.SIGSEGV, 2));
        queue.add(from(Signals.SIGILL, 3));
        assertEquals(List.of("SIGILL/3", "SIGSEGV/2", "SIGHUP/1"), takeAll(0));
    }

    @Test
    void blockedSignalsStay() {
        queue.add(from(Signals.SIGTERM, 1));
        assertNull(queue.take(Signals.bit(Signals.SIGTERM)));
        assertEquals(Signals.bit(Signals.SIGTERM), queue.set());
    }

    @Test
    void onlyASignalOfTheKernelCountsAsSynchronous() {
        queue.add(from(Signals.SIGSEGV, 1));
        assertNull(queue.takeSynchronous(0));
        queue.flush(-1L);
        SigInfo fault = SigInfo.fault(Signals.SIGSEGV, Signals.SEGV_ACCERR, 0x1234);
        queue.add(fault);
        assertEquals(fault, queue.takeSynchronous(0));
        assertEquals(0, queue.set());
    }

    @Test
    void aSignalThatLostItsInfoLooksSentByNobody() {
        queue.addWithoutInfo(40);
        assertEquals(SigInfo.fromTask(40, Signals.SI_USER, 0, 0), queue.take(0));
        assertEquals(0, queue.set());
    }

    @Test
    void flushTakesEntriesAndBits() {
        queue.add(from(Signals.SIGTSTP, 1));
        queue.add(from(Signals.SIGCONT, 2));
        queue.flush(Signals.STOP_MASK);
        assertEquals(List.of("SIGCONT/2"), takeAll(0));
    }
}
