package org.mshareemu.emulator.observe;

import org.mshareemu.emulator.kernel.abi.Errno;

/// A failed call's result in words: `-1 ENOENT (No such file or directory)`.
final class ErrorText {
    /// `NAME text` per line; the words are those of strerror(3).
    private static final String TEXTS =
            """
            EPERM Operation not permitted
            ENOENT No such file or directory
            ESRCH No such process
            EINTR Interrupted system call
            EIO Input/output error
            ENXIO No such device or address
            E2BIG Argument list too long
            ENOEXEC Exec format error
            EBADF Bad file descriptor
            ECHILD No child processes
            EAGAIN Resource temporarily unavailable
            ENOMEM Cannot allocate memory
            EACCES Permission denied
            EFAULT Bad address
            ENOTBLK Block device required
            EBUSY Device or resource busy
            EEXIST File exists
            EXDEV Invalid cross-device link
            ENODEV No such device
            ENOTDIR Not a directory
            EISDIR Is a directory
            EINVAL Invalid argument
            ENFILE Too many open files in system
            EMFILE Too many open files
            ENOTTY Inappropriate ioctl for device
            ETXTBSY Text file busy
            EFBIG File too large
            ENOSPC No space left on device
            ESPIPE Illegal seek
            EROFS Read-only file system
            EMLINK Too many links
            EPIPE Broken pipe
            EDOM Numerical argument out of domain
            ERANGE Numerical result out of range
            EDEADLK Resource deadlock avoided
            ENAMETOOLONG File name too long
            ENOLCK No locks available
            ENOSYS Function not implemented
            ENOTEMPTY Directory not empty
            ELOOP Too many levels of symbolic links
            ENODATA No data available
            EOVERFLOW Value too large for defined data type
            ELIBBAD Accessing a corrupted shared library
            ENOTSOCK Socket operation on non-socket
            EOPNOTSUPP Operation not supported
            EAFNOSUPPORT Address family not supported by protocol
            ETIMEDOUT Connection timed out
            ECANCELED Operation canceled
            EOWNERDEAD Owner died
            ENOTRECOVERABLE State not recoverable
            ERESTARTSYS To be restarted if SA_RESTART is set
            ERESTARTNOINTR To be restarted
            ERESTARTNOHAND To be restarted if no handler
            ERESTART_RESTARTBLOCK Interrupted by signal
            """;

    private ErrorText() {}

    /// Whether a result in RAX is a negated errno.
    static boolean isError(long result) {
        return result < 0 && result >= -4095;
    }

    /// Appends what follows the equals sign for a result that [#isError].
    static void append(StringBuilder out, long result) {
        int number = (int) -result;
        String name = name(number);
        out.append(number >= Errno.ERESTARTSYS.number() ? "? " : "-1 ").append(name);
        int line = ("\n" + TEXTS).indexOf("\n" + name + " ");
        if (line >= 0) {
            int start = line + name.length() + 1;
            out.append(" (").append(TEXTS, start, TEXTS.indexOf('\n', start)).append(')');
        }
    }

    private static String name(int number) {
        try {
            return Errno.of(number).name();
        } catch (IllegalArgumentException _) {
            return "E" + number;
        }
    }
}
