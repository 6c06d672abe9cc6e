/// Address spaces: areas, page faults, mmap and its family, fork, user memory.
///
/// [Mm] holds an address space together; each verb has a class of its own:
///
///     find an address   AddressChooser          fault             FaultHandler, PageInstaller, StackGrowth
///     mmap, brk         Mapper, HeapBreak       copy for fork     ForkCopier
///     munmap            Unmapper, Zapper        bring in early    Populator
///     mprotect          Protector               lock              Locker
///     mremap            Remapper, EntryMover    madvise           Advice
///     split and merge   AreaEditor              mincore, msync    Residency
///     user memory       MmUserMemory            prove it all      MmCheck
///
/// Order in every verb: entries are written, then flushed (by closing the batch), and only then are
/// frames and tables let go.
///
/// Where this is not Linux: MREMAP_DONTUNMAP of locked memory takes the source off the locked pages,
/// which Linux forgets; nothing is ever reclaimed, so MADV_FREE, MADV_COLD and MADV_PAGEOUT change
/// nothing; MADV_COLLAPSE is refused, as there are no huge pages.
@NullMarked
package org.mshareemu.emulator.kernel.mm;

import org.jspecify.annotations.NullMarked;
