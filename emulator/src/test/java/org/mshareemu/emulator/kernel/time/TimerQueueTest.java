package org.mshareemu.emulator.kernel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

class TimerQueueTest {
    private final TimerQueue queue = new TimerQueue();
    private final List<String> fired = new ArrayList<>();

    private TimerQueue.Timer timer(String name) {
        return new TimerQueue.Timer(() -> fired.add(name));
    }

    @Test
    void equalTimesFireInTheOrderOfArming() {
        queue.arm(timer("a"), 5);
        queue.arm(timer("b"), 5);
        queue.arm(timer("c"), 4);
        queue.runExpired(5);
        assertEquals(List.of("c", "a", "b"), fired);
    }

    @Test
    void cancelledAndFutureTimersStaySilent() {
        TimerQueue.Timer cancelled = timer("cancelled");
        queue.arm(cancelled, 1);
        queue.arm(timer("later"), 9);
        queue.cancel(cancelled);
        assertFalse(queue.runExpired(8));
        assertEquals(List.of(), fired);
        assertEquals(9, queue.nextExpiryNanos());
    }

    @Test
    void armingAgainMovesTheTimer() {
        TimerQueue.Timer moved = timer("moved");
        queue.arm(moved, 1);
        queue.arm(moved, 7);
        queue.runExpired(6);
        assertEquals(List.of(), fired);
        queue.runExpired(7);
        assertEquals(List.of("moved"), fired);
        assertEquals(0, queue.size());
    }

    @Test
    void anActionMayArmItsOwnTimer() {
        TimerQueue.Timer[] periodic = new TimerQueue.Timer[1];
        periodic[0] =
                new TimerQueue.Timer(() -> {
                    fired.add("tick");
                    if (fired.size() < 3) {
                        queue.arm(periodic[0], fired.size() * 10L);
                    }
                });
        queue.arm(periodic[0], 0);
        queue.runExpired(100);
        assertEquals(List.of("tick", "tick", "tick"), fired);
    }

    @Test
    void randomArmingAndCancellingFiresAsASortedListWould() {
        SplittableRandom random = new SplittableRandom(42);
        PriorityQueue<Long> model = new PriorityQueue<>();
        List<Long> seen = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            long key = random.nextLong(1_000) * 10_000 + i;
            TimerQueue.Timer timer = new TimerQueue.Timer(() -> seen.add(key));
            queue.arm(timer, key);
            if (random.nextInt(4) == 0) {
                queue.cancel(timer);
            } else {
                model.add(key);
            }
            if (random.nextInt(10) == 0) {
                long now = random.nextLong(10_000_000);
                queue.runExpired(now);
                while (!model.isEmpty() && model.peek() <= now) {
                    expected.add(model.remove());
                }
                assertEquals(expected, seen);
            }
        }
    }
}
