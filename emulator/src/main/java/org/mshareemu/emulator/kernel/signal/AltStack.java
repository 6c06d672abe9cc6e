package org.mshareemu.emulator.kernel.signal;

import org.mshareemu.emulator.kernel.abi.Signals;

/// The alternate signal stack of a task; see sigaltstack(2). Linux: sas_ss_sp, sas_ss_size,
/// sas_ss_flags
///
/// @param base lowest address
/// @param sizeBytes its length, 0 if there is none
/// @param flags as given to sigaltstack(2): 0, SS_ONSTACK, SS_DISABLE, with or without
///   SS_AUTODISARM
public record AltStack(long base, long sizeBytes, int flags) {
    public static final AltStack NONE = new AltStack(0, 0, 0);

    /// Whether the stack pointer is on it; never with SS_AUTODISARM. Linux: on_sig_stack()
    public boolean contains(long stackPointer) {
        return (flags & Signals.SS_AUTODISARM) == 0 && covers(stackPointer);
    }

    /// Whether the address is within. Linux: __on_sig_stack()
    public boolean covers(long stackPointer) {
        return Long.compareUnsigned(stackPointer, base) > 0
                && Long.compareUnsigned(stackPointer - base, sizeBytes) <= 0;
    }

    /// SS_DISABLE, SS_ONSTACK or 0. Linux: sas_ss_flags()
    public int state(long stackPointer) {
        if (sizeBytes == 0) {
            return Signals.SS_DISABLE;
        }
        return contains(stackPointer) ? Signals.SS_ONSTACK : 0;
    }
}
