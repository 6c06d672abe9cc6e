package org.mshareemu.mmu.phys;

/// Whether freed frames are poisoned and inspected before they are handed out again.
///
/// Linux: CONFIG_PAGE_POISONING
public enum Checking {
    /// Freed frames hold a pattern; a write to a free frame is found when the frame is next
    /// allocated.
    ON,
    /// Freed frames keep their bytes until they are zeroed for the next owner.
    OFF
}
