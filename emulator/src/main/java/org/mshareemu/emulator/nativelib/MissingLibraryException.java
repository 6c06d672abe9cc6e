package org.mshareemu.emulator.nativelib;

import java.io.Serial;

/// A native library is nowhere to be found; the message is one line and names the command that gets
/// it.
public final class MissingLibraryException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    MissingLibraryException(String message) {
        super(message);
    }
}
