package org.mshareemu.mmu.paging;

/// What became of an attempt to link a shared table.
public enum LinkOutcome {
    /// The entry was empty and now points to the host's table.
    LINKED,
    /// The entry already points to the host's table.
    ALREADY_LINKED,
    /// The host has no table there yet; nothing changed.
    HOST_EMPTY,
    /// The entry is in use for something else; nothing changed.
    CONFLICT,
    /// A table above the entry could not be allocated.
    NO_MEMORY
}
