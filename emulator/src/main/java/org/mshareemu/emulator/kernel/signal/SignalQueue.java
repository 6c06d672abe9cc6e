package org.mshareemu.emulator.kernel.signal;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Signals;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Pending signals of a task or a thread group.
///
/// Invariant: a bit of the set is on for every queued entry; it may also be on without an entry,
/// when the signal came while too many were queued (its siginfo is then lost).
///
/// Linux: struct sigpending
public final class SignalQueue {
    private final List<SigInfo> entries = new ArrayList<>(2);
    private long set;

    /// Signals with something pending; bit n-1 = signal n.
    public long set() {
        return set;
    }

    /// Whether the signal is pending.
    public boolean contains(int signo) {
        return (set & Signals.bit(signo)) != 0;
    }

    /// How many entries are queued.
    public int size() {
        return entries.size();
    }

    /// Adds a signal. A standard signal that is pending already is dropped; real-time ones queue
    /// up.
    public void add(SigInfo info) {
        if (info.signo() < Signals.SIGRTMIN && contains(info.signo())) {
            return;
        }
        entries.add(info);
        set |= Signals.bit(info.signo());
    }

    /// Makes a signal pending without its siginfo.
    public void addWithoutInfo(int signo) {
        set |= Signals.bit(signo);
    }

    /// Removes the signals of a set. Linux: flush_sigqueue_mask()
    public void flush(long mask) {
        if ((set & mask) == 0) {
            return;
        }
        set &= ~mask;
        entries.removeIf(info -> (Signals.bit(info.signo()) & mask) != 0);
    }

    /// Takes the next signal that is not blocked: one caused by an instruction first, then the
    /// lowest number. Linux: next_signal(), collect_signal()
    ///
    /// @param blocked signals to leave
    /// @return the signal, or null
    public @Nullable SigInfo take(long blocked) {
        int signo = next(set & ~blocked);
        return signo == 0 ? null : collect(signo);
    }

    /// Which of a set would be taken next; 0 if it is empty.
    public static int next(long candidates) {
        long first =
                (candidates & Signals.SYNCHRONOUS_MASK) != 0
                        ? candidates & Signals.SYNCHRONOUS_MASK
                        : candidates;
        return first == 0 ? 0 : Long.numberOfTrailingZeros(first) + 1;
    }

    /// Takes a synchronous signal that an instruction really caused. Linux:
    /// dequeue_synchronous_signal()
    public @Nullable SigInfo takeSynchronous(long blocked) {
        if ((set & ~blocked & Signals.SYNCHRONOUS_MASK) == 0) {
            return null;
        }
        for (Iterator<SigInfo> all = entries.iterator(); all.hasNext(); ) {
            SigInfo info = all.next();
            long bit = Signals.bit(info.signo());
            if (info.code() > 0 && (Signals.SYNCHRONOUS_MASK & bit & ~blocked) != 0) {
                all.remove();
                clearIfLast(info.signo());
                return info;
            }
        }
        return null;
    }

    private SigInfo collect(int signo) {
        SigInfo found = null;
        for (Iterator<SigInfo> all = entries.iterator(); all.hasNext() && found == null; ) {
            SigInfo info = all.next();
            if (info.signo() == signo) {
                found = info;
                all.remove();
            }
        }
        clearIfLast(signo);
        return found != null ? found : SigInfo.fromTask(signo, Signals.SI_USER, 0, 0);
    }

    private void clearIfLast(int signo) {
        for (SigInfo info : entries) {
            if (info.signo() == signo) {
                return;
            }
        }
        set &= ~Signals.bit(signo);
    }
}
