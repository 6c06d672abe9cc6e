package org.mshareemu.emulator.kernel.vfs.event;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Poll;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.time.Clock;
import org.mshareemu.emulator.kernel.time.TimerQueue;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// A timer whose expirations are read. Linux: struct timerfd_ctx
public final class TimerFd implements FileOperations {
    /// The clock that absolute times mean.
    public enum Base {
        MONOTONIC,
        REALTIME
    }

    private static final int VALUE_BYTES = 8;

    private final Clock clock;
    private final Base base;
    private final TimerQueue timers;
    private final TimerQueue.Timer timer = new TimerQueue.Timer(this::expired);
    private final WaitQueue queue = new WaitQueue();

    /// Next expiration on the monotonic clock; [TimerQueue#NEVER] if disarmed.
    private long expiryNanos = TimerQueue.NEVER;

    private long intervalNanos;
    private long ticks;

    public TimerFd(Clock clock, TimerQueue timers, Base base) {
        this.clock = clock;
        this.timers = timers;
        this.base = base;
    }

    /// An absolute time of this timer's clock on the monotonic one.
    public long monotonic(long nanos) {
        long offset = base == Base.REALTIME ? clock.realtimeNanos() - clock.monotonicNanos() : 0;
        return Math.max(0, nanos - offset);
    }

    private void expired() {
        long now = clock.monotonicNanos();
        if (intervalNanos == 0) {
            ticks++;
            expiryNanos = TimerQueue.NEVER;
        } else {
            long missed = (now - expiryNanos) / intervalNanos + 1;
            ticks += missed;
            expiryNanos += missed * intervalNanos;
            timers.arm(timer, expiryNanos);
        }
        queue.wakeAll();
    }

    /// Arms or disarms. Linux: timerfd_setup()
    ///
    /// @param newExpiryNanos on the monotonic clock; [TimerQueue#NEVER] disarms
    /// @param newIntervalNanos 0 = once
    public void set(long newExpiryNanos, long newIntervalNanos) {
        timers.cancel(timer);
        ticks = 0;
        expiryNanos = newExpiryNanos;
        intervalNanos = newIntervalNanos;
        if (newExpiryNanos != TimerQueue.NEVER) {
            timers.arm(timer, newExpiryNanos);
        }
    }

    /// Time to the next expiration, 0 if disarmed. Linux: timerfd_get_remaining()
    public long remainingNanos() {
        return expiryNanos == TimerQueue.NEVER
                ? 0
                : Math.max(1, expiryNanos - clock.monotonicNanos());
    }

    public long intervalNanos() {
        return intervalNanos;
    }

    @Override
    public boolean movesPosition() {
        return false;
    }

    @Override
    public void release(OpenFile file) {
        timers.cancel(timer);
    }

    @Override
    public long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        if (to.count() < VALUE_BYTES) {
            throw Errno.EINVAL.exception();
        }
        if (ticks == 0) {
            throw Errno.EAGAIN.exception();
        }
        long taken = ticks;
        ticks = 0;
        if (to.copyTo(LittleEndian.bytes(taken), 0, VALUE_BYTES) < VALUE_BYTES) {
            throw Errno.EFAULT.exception();
        }
        return VALUE_BYTES;
    }

    @Override
    public int poll(OpenFile file) {
        return ticks != 0 ? Poll.POLLIN : 0;
    }

    @Override
    public boolean isPollable() {
        return true;
    }

    @Override
    public WaitQueue waitQueue(OpenFile file) {
        return queue;
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    /// Linux: noop_llseek()
    @Override
    public long llseek(OpenFile file, long offset, int whence) {
        return file.position();
    }
}
