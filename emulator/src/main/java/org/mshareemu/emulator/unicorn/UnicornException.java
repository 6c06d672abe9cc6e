package org.mshareemu.emulator.unicorn;

import java.util.List;

/// A refused call to the engine: which call, and the engine's own name for the reason.
public final class UnicornException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Indexed by the engine's error number (`uc_err`).
    private static final List<String> NAMES =
            List.of(
                    "UC_ERR_OK",
                    "UC_ERR_NOMEM",
                    "UC_ERR_ARCH",
                    "UC_ERR_HANDLE",
                    "UC_ERR_MODE",
                    "UC_ERR_VERSION",
                    "UC_ERR_READ_UNMAPPED",
                    "UC_ERR_WRITE_UNMAPPED",
                    "UC_ERR_FETCH_UNMAPPED",
                    "UC_ERR_HOOK",
                    "UC_ERR_INSN_INVALID",
                    "UC_ERR_MAP",
                    "UC_ERR_WRITE_PROT",
                    "UC_ERR_READ_PROT",
                    "UC_ERR_FETCH_PROT",
                    "UC_ERR_ARG",
                    "UC_ERR_READ_UNALIGNED",
                    "UC_ERR_WRITE_UNALIGNED",
                    "UC_ERR_FETCH_UNALIGNED",
                    "UC_ERR_HOOK_EXIST",
                    "UC_ERR_RESOURCE",
                    "UC_ERR_EXCEPTION",
                    "UC_ERR_OVERFLOW");

    private final int code;

    UnicornException(String call, int code) {
        super(call + " failed: " + nameOf(code) + " (" + code + ")");
        this.code = code;
    }

    /// The engine's error number.
    public int code() {
        return code;
    }

    /// The engine's name of an error number.
    public static String nameOf(int code) {
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "UC_ERR_unknown";
    }

    static void check(String call, int code) {
        if (code != Unicorn.ERR_OK) {
            throw new UnicornException(call, code);
        }
    }
}
