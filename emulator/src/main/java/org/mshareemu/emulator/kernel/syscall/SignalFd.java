package org.mshareemu.emulator.kernel.syscall;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Poll;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Signals as something to be read: those of whoever reads. Linux: struct signalfd_ctx
final class SignalFd implements FileOperations {
    private static final int INFO_BYTES = 128;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Kernel kernel;
    private long mask;

    SignalFd(Kernel kernel, long mask) {
        this.kernel = kernel;
        setMask(mask);
    }

    /// Bit n-1 = signal n; SIGKILL and SIGSTOP are left out.
    void setMask(long newMask) {
        mask = newMask & ~Signals.UNBLOCKABLE_MASK;
    }

    @Override
    public boolean movesPosition() {
        return false;
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

    /// Linux: signalfd_read_iter()
    @Override
    public long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        if (to.count() < INFO_BYTES) {
            throw Errno.EINVAL.exception();
        }
        Task task = kernel.current();
        long done = 0;
        while (to.count() >= INFO_BYTES) {
            SigInfo info = kernel.signals().take(task, ~mask);
            if (info == null) {
                break;
            }
            if (to.copyTo(describe(info), 0, INFO_BYTES) < INFO_BYTES) {
                if (done == 0) {
                    throw Errno.EFAULT.exception();
                }
                break;
            }
            done += INFO_BYTES;
        }
        if (done == 0) {
            throw Errno.EAGAIN.exception();
        }
        return done;
    }

    /// struct signalfd_siginfo. Linux: signalfd_copyinfo()
    private static byte[] describe(SigInfo info) {
        byte[] source = new byte[INFO_BYTES];
        MemorySegment siginfo = MemorySegment.ofArray(source);
        info.write(siginfo, 0);
        byte[] bytes = new byte[INFO_BYTES];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, info.signo());
        out.putInt(8, info.code());
        boolean fault =
                info.signo() == Signals.SIGSEGV
                        || info.signo() == Signals.SIGBUS
                        || info.signo() == Signals.SIGILL
                        || info.signo() == Signals.SIGFPE;
        if (info.code() > 0 && fault) {
            out.putLong(72, siginfo.get(LONG, 16));
            return bytes;
        }
        if (info.code() == Signals.SI_TIMER) {
            out.putInt(24, siginfo.get(INT, 16));
            out.putInt(32, siginfo.get(INT, 20));
            out.putInt(44, siginfo.get(INT, 24));
            out.putLong(48, siginfo.get(LONG, 24));
            return bytes;
        }
        out.putInt(12, siginfo.get(INT, 16));
        out.putInt(16, siginfo.get(INT, 20));
        if (info.signo() == Signals.SIGCHLD && info.code() > 0) {
            out.putInt(40, siginfo.get(INT, 24));
            out.putLong(56, siginfo.get(LONG, 32));
            out.putLong(64, siginfo.get(LONG, 40));
        } else if (info.code() < 0) {
            out.putInt(44, siginfo.get(INT, 24));
            out.putLong(48, siginfo.get(LONG, 24));
        }
        return bytes;
    }

    @Override
    public int poll(OpenFile file) {
        Task task = kernel.current();
        long pending = task.pending().set() | task.group().sharedPending().set();
        return (pending & mask) != 0 ? Poll.POLLIN : 0;
    }

    @Override
    public boolean isPollable() {
        return true;
    }

    @Override
    public WaitQueue waitQueue(OpenFile file) {
        return kernel.current().group().signalArrived();
    }
}
