package org.mshareemu.emulator.kernel.signal;

/// The last exception of a task, as signal frames show it. Linux: thread.trap_nr, error_code and
/// cr2
public final class TrapRecord {
    private long vector;
    private long errorCode;
    private long cr2;

    /// A page fault. Linux: X86_TRAP_PF
    public void pageFault(long vaddr, int newErrorCode) {
        vector = 14;
        errorCode = newErrorCode;
        cr2 = vaddr;
    }

    /// Any other exception; CR2 keeps its value.
    public void exception(int newVector, int newErrorCode) {
        vector = newVector;
        errorCode = newErrorCode;
    }

    /// Becomes equal to `other`, as in a forked task.
    public void copyFrom(TrapRecord other) {
        vector = other.vector;
        errorCode = other.errorCode;
        cr2 = other.cr2;
    }

    /// REG_TRAPNO of the frame.
    public long vector() {
        return vector;
    }

    /// REG_ERR of the frame.
    public long errorCode() {
        return errorCode;
    }

    /// REG_CR2 of the frame.
    public long cr2() {
        return cr2;
    }
}
