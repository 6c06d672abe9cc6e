package org.mshareemu.emulator.capstone;

/// There is no disassembler: the library is missing or behaves differently. The message is one line
/// for the user.
public final class DisassemblerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DisassemblerException(String message) {
        super(message);
    }

    DisassemblerException(String message, Throwable cause) {
        super(message, cause);
    }
}
