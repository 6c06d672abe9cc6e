package org.mshareemu.emulator.kernel;

/// A broken invariant of the kernel itself: never the guest's doing. It stops the machine; the
/// command line reports it with the running task and ends with status 70.
///
/// Linux: BUG()
public final class KernelBug extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what was found broken, with the addresses and numbers needed to look for it
    public KernelBug(String message) {
        super(message);
    }

    /// @param message what was being done
    /// @param cause what broke it
    public KernelBug(String message, Throwable cause) {
        super(message, cause);
    }
}
