package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.vfs.devfs.HostDoor;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The one door by which other host threads reach the machine: they leave work here, and the run
/// loop does it on the machine's own thread. Thread-safe, unlike all else in the kernel.
public final class HostEvents implements HostDoor {
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger sources = new AtomicInteger();

    /// Leaves work to be done soon. From any thread.
    @Override
    public void post(Runnable event) {
        queue.add(event);
    }

    /// Announces that something on the host may post an event at any time that could wake a task:
    /// while there is such a source, a machine in which everybody sleeps waits instead of reporting
    /// a deadlock.
    @Override
    public void addSource() {
        sources.incrementAndGet();
    }

    /// Takes back one [#addSource].
    @Override
    public void removeSource() {
        sources.decrementAndGet();
    }

    boolean hasSources() {
        return sources.get() > 0;
    }

    /// Does all that was posted.
    ///
    /// @return whether there was anything
    boolean drain() {
        boolean any = false;
        for (Runnable event = queue.poll(); event != null; event = queue.poll()) {
            event.run();
            any = true;
        }
        return any;
    }

    /// Waits on the host for an event and does it.
    ///
    /// @param nanos longest time to wait
    void await(long nanos) {
        try {
            @Nullable Runnable event = queue.poll(nanos, TimeUnit.NANOSECONDS);
            if (event != null) {
                event.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
