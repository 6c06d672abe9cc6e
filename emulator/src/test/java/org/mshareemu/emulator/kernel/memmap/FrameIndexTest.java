package org.mshareemu.emulator.kernel.memmap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.TreeMap;

/// The sparse index against a sorted map.
class FrameIndexTest {
    @Test
    void agreesWithASortedMapOnRandomUse() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            FrameIndex index = new FrameIndex();
            TreeMap<Long, Long> model = new TreeMap<>();
            for (int step = 0; step < 400; step++) {
                long at = random.nextLong() >>> (12 + random.nextInt(52));
                if (random.nextInt(3) == 0 && !model.isEmpty()) {
                    Long near = model.ceilingKey(at);
                    at = near == null ? model.firstKey() : near;
                }
                if (model.containsKey(at) && random.nextBoolean()) {
                    assertEquals(model.remove(at), index.remove(at));
                } else if (!model.containsKey(at)) {
                    model.put(at, (long) step);
                    index.put(at, step);
                }
                Long next = model.ceilingKey(at + 1);
                assertEquals(next == null ? FrameIndex.ABSENT : next, index.next(at + 1));
                assertEquals(model.getOrDefault(at, FrameIndex.ABSENT), index.get(at));
                assertEquals(model.size(), index.size());
            }
            model.forEach((at, pfn) -> assertEquals(pfn, index.remove(at)));
            assertEquals(FrameIndex.ABSENT, index.next(0));
        }
    }
}
