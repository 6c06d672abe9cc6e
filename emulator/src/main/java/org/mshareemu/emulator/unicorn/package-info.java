/// The CPU engine (Unicorn) behind a foreign-function binding; knows no kernel and no page table.
///
/// What the engine does wrong if it is used as its interface suggests, and where it is avoided:
///
/// | trap | avoided in |
/// |---|---|
/// | leaving a run looks an end address up through the fill hook | [Engine]: exits enabled, and none |
/// | a stop from another thread, a timeout, or a stop in a granted fill repeats half an instruction | [StopStubs]: the only stops are at blocks and system calls |
/// | a count of instructions is ignored by warm code | [StopStubs]: blocks are counted down in memory |
/// | #DE and #GP are never forgotten | [EngineLayout#pendingExceptionOffset] |
/// | translated code outlives host writes and TLB flushes | [Engine#removeTranslations] |
/// | dropping all translations in a hook loses RIP | [Engine#removeAllTranslations] refuses |
/// | IN and OUT are followed by more instructions before a stop is seen | [Engine#portAccess] |
/// | the address of a refused access is not in the interface | [EngineLayout#faultAddressOffset] |
/// | an exception that leaves an upcall ends the JVM | [EngineUpcalls], [Engine#fail] |
/// | a critical downcall that leads to an upcall aborts the JVM | [Unicorn] |
///
/// Stores to translated code and the growth of the TLB are the business of whoever fills the TLB.
@NullMarked
package org.mshareemu.emulator.unicorn;

import org.jspecify.annotations.NullMarked;
