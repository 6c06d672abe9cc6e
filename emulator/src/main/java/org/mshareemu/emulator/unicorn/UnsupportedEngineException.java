package org.mshareemu.emulator.unicorn;

/// The engine library is missing, of the wrong version, or does not behave as this program relies
/// on. The message is one line for the user.
public final class UnsupportedEngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedEngineException(String message) {
        super(message);
    }

    UnsupportedEngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
