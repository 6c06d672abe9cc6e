package org.mshareemu.emulator.kernel.abi;

/// A failure that is the guest's to deal with: a system call returns the negative error number.
/// There is one instance for each [Errno], without a stack trace, so that throwing costs nothing.
public final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    /// Which error this is.
    public Errno errno() {
        return errno;
    }
}
