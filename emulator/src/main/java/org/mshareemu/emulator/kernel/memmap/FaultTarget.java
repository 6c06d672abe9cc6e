package org.mshareemu.emulator.kernel.memmap;

/// Where a page fault is to be handled. Linux: the outcome of find_shared_vma() (mshare patch 13)
public sealed interface FaultTarget {
    /// In the area itself.
    FaultTarget HERE = new Here();

    /// Tables were linked: let the instruction run again. Linux: VM_FAULT_NOPAGE
    FaultTarget LINKED = new Linked();

    /// Behind the window there is nothing at this address: SIGSEGV with SEGV_MAPERR.
    FaultTarget NO_AREA = new NoArea();

    /// See [#HERE].
    record Here() implements FaultTarget {}

    /// See [#LINKED].
    record Linked() implements FaultTarget {}

    /// See [#NO_AREA].
    record NoArea() implements FaultTarget {}

    /// In another address space. Rights are those of `hostArea`, translations go into its tables.
    ///
    /// @param hostArea the area that decides
    /// @param hostVaddr the address there that corresponds to the faulting one
    record Redirect(VmArea hostArea, long hostVaddr) implements FaultTarget {}
}
