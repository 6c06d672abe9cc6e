package org.mshareemu.emulator.kernel.mm;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.memmap.VmArea;

/// What became of a page fault. One object per address space, overwritten by its next fault.
///
/// Linux: vm_fault_t and the signal that do_user_addr_fault() sends
public final class FaultResult {
    public static final int SIGBUS = 7;
    public static final int SIGKILL = 9;
    public static final int SIGSEGV = 11;

    public static final int SEGV_MAPERR = 1;
    public static final int SEGV_ACCERR = 2;
    public static final int BUS_ADRERR = 2;

    private Kind kind = Kind.RESOLVED;
    private Cost cost = Cost.NONE;
    private int signo;
    private int siCode;
    private String action = "";
    private long vaddr;
    private @Nullable VmArea area;

    /// What the CPU does next.
    public enum Kind {
        /// The page is there: walk again.
        RESOLVED,
        /// Tables changed, but the page may still be missing: run the instruction again.
        RETRY,
        /// The task gets [FaultResult#signo].
        SIGNAL
    }

    /// What getrusage(2) counts.
    public enum Cost {
        /// Neither.
        NONE,
        /// Linux: min_flt
        MINOR,
        /// Linux: maj_flt
        MAJOR
    }

    public Kind kind() {
        return kind;
    }

    public Cost cost() {
        return cost;
    }

    /// Signal number with [Kind#SIGNAL]; SIGKILL when memory is exhausted.
    public int signo() {
        return signo;
    }

    public int siCode() {
        return siCode;
    }

    /// What was done, in a word or three, for people.
    public String action() {
        return action;
    }

    public long vaddr() {
        return vaddr;
    }

    /// The area that decided, or null if there is none.
    public @Nullable VmArea area() {
        return area;
    }

    boolean isSignal() {
        return kind == Kind.SIGNAL;
    }

    void begin(long faultVaddr) {
        kind = Kind.RESOLVED;
        cost = Cost.NONE;
        signo = 0;
        siCode = 0;
        action = "";
        vaddr = faultVaddr;
        area = null;
    }

    void setArea(@Nullable VmArea deciding) {
        area = deciding;
    }

    FaultResult resolved(Cost counted, String done) {
        kind = Kind.RESOLVED;
        cost = counted;
        action = done;
        return this;
    }

    FaultResult retry(String done) {
        kind = Kind.RETRY;
        action = done;
        return this;
    }

    FaultResult segvMapErr() {
        return signal(SIGSEGV, SEGV_MAPERR, "SIGSEGV MAPERR");
    }

    FaultResult segvAccErr() {
        return signal(SIGSEGV, SEGV_ACCERR, "SIGSEGV ACCERR");
    }

    FaultResult busAdrErr() {
        return signal(SIGBUS, BUS_ADRERR, "SIGBUS ADRERR");
    }

    FaultResult outOfMemory() {
        return signal(SIGKILL, 0, "out of memory");
    }

    private FaultResult signal(int number, int code, String done) {
        kind = Kind.SIGNAL;
        cost = Cost.NONE;
        signo = number;
        siCode = code;
        action = done;
        return this;
    }
}
