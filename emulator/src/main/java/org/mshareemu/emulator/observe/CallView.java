package org.mshareemu.emulator.observe;

/// One system call as its decoders see it: argument registers, result, and the caller's memory.
final class CallView {
    /// RDI, RSI, RDX, R10, R8, R9.
    final long[] arguments = new long[6];

    final GuestView memory;
    long result;

    /// Whether something the arguments point to was not in memory when it was to be shown.
    boolean hasUnread;

    CallView(GuestView memory) {
        this.memory = memory;
    }

    boolean hasFailed() {
        return ErrorText.isError(result);
    }
}
