package org.mshareemu.mmu.phys;

/// How an injected allocation failure goes on. Linux: CONFIG_FAIL_PAGE_ALLOC
public enum FailureMode {
    /// One allocation fails, later ones succeed.
    ONCE,
    /// This and every later allocation fails.
    FROM_THEN_ON
}
