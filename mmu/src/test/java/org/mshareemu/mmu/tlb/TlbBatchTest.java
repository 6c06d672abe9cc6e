package org.mshareemu.mmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.mshareemu.mmu.phys.MmuBug;

import java.util.ArrayList;
import java.util.List;

class TlbBatchTest {
    private final List<String> events = new ArrayList<>();
    private final TlbBatch batch =
            new TlbBatch(
                    new TlbInvalidator() {
                        @Override
                        public void flushAddressSpace(long root) {
                            events.add("flush " + root);
                        }

                        @Override
                        public void flushAll() {
                            events.add("flush all");
                        }
                    },
                    pfn -> events.add("free " + pfn));

    @Test
    void framesAndTablesAreFreedOnlyAfterOneFlush() {
        batch.begin(7);
        batch.removeFrame(1);
        batch.tableFreed(2);
        batch.removeFrame(3);
        assertEquals(List.of(), events);
        batch.finish();
        assertEquals(List.of("flush 7", "free 1", "free 2", "free 3"), events);
        batch.assertFinished();
    }

    @Test
    void nothingChangedMeansNoFlush() {
        batch.begin(7);
        batch.finish();
        assertEquals(List.of(), events);
    }

    @Test
    void downgradeAloneFlushesOnce() {
        batch.begin(7);
        batch.noteDowngrade();
        batch.noteDowngrade();
        batch.close();
        batch.begin(8);
        batch.finish();
        assertEquals(List.of("flush 7"), events);
    }

    @Test
    void onlyTheOutermostFinishFlushes() {
        batch.begin(7);
        batch.removeFrame(1);
        batch.begin(7);
        batch.removeFrame(2);
        batch.finish();
        assertEquals(List.of(), events);
        assertThrows(MmuBug.class, batch::assertFinished);
        batch.finish();
        assertEquals(List.of("flush 7", "free 1", "free 2"), events);
    }

    @Test
    void sharedTablesAndForeignNestingFlushEverybody() {
        batch.beginAll();
        batch.removeFrame(1);
        batch.finish();
        batch.begin(7);
        batch.begin(8);
        batch.noteDowngrade();
        batch.finish();
        batch.finish();
        batch.begin(7);
        batch.noteDowngrade();
        batch.finish();
        assertEquals(List.of("flush all", "free 1", "flush all", "flush 7"), events);
    }

    @Test
    void hugeBatchFlushesInBetweenAndFreesAll() {
        batch.begin(7);
        for (int i = 0; i < 40_000; i++) {
            batch.removeFrame(i);
        }
        batch.finish();
        assertEquals(40_003, events.size());
        assertEquals(3, events.stream().filter("flush 7"::equals).count());
        assertEquals("free 0", events.get(1));
        assertEquals("free 39999", events.getLast());
    }

    @Test
    void useOutsideBeginAndFinishIsABug() {
        assertThrows(MmuBug.class, () -> batch.removeFrame(1));
        assertThrows(MmuBug.class, batch::noteDowngrade);
        assertThrows(MmuBug.class, batch::finish);
    }
}
