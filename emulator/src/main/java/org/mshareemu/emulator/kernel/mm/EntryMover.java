package org.mshareemu.emulator.kernel.mm;

import org.mshareemu.mmu.paging.LeafVisitor;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.tlb.TlbBatch;

/// Moves the entries of a range to another range of the same address space; frames, counts and
/// sizes do not change.
///
/// Linux: move_page_tables(), move_ptes()
final class EntryMover {
    private final Mm mm;
    private final PageTables tables;

    EntryMover(Mm mm) {
        this.mm = mm;
        this.tables = mm.context().tables();
    }

    /// All or nothing: the tables of the new range are made before the first entry moves.
    ///
    /// @return false when out of memory for a table
    boolean move(long from, long to, long lengthBytes, TlbBatch batch) {
        long root = mm.root();
        boolean[] isOutOfMemory = new boolean[1];
        LeafVisitor prepare =
                (vaddr, _, _, _) ->
                        isOutOfMemory[0] |=
                                tables.allocEntry(root, vaddr - from + to, Level.PTE)
                                        == PageTables.NONE;
        tables.forEachLeaf(root, from, from + lengthBytes, prepare);
        if (isOutOfMemory[0]) {
            return false;
        }
        LeafVisitor moveEntry =
                (vaddr, _, entryPaddr, pte) -> {
                    tables.write(entryPaddr, 0);
                    tables.write(tables.findEntry(root, vaddr - from + to, Level.PTE), pte);
                    if (Pte.isPresent(pte)) {
                        batch.noteDowngrade();
                    }
                };
        tables.forEachLeaf(root, from, from + lengthBytes, moveEntry);
        return true;
    }
}
