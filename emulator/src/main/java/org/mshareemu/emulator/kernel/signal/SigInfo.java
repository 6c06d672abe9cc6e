package org.mshareemu.emulator.kernel.signal;

import org.mshareemu.emulator.kernel.abi.Signals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What a signal carries: the first 48 bytes of siginfo_t, the rest being zero. Immutable.
///
///     offset 0 si_signo, 4 si_errno, 8 si_code, 12 padding
///     kill    16 si_pid, 20 si_uid
///     queue   16 si_pid, 20 si_uid, 24 si_value
///     timer   16 si_timerid, 20 si_overrun, 24 si_value
///     child   16 si_pid, 20 si_uid, 24 si_status, 32 si_utime, 40 si_stime
///     fault   16 si_addr, 24 si_addr_lsb
///     poll    16 si_band, 24 si_fd
///
/// Linux: struct kernel_siginfo
///
/// @param signo si_signo
/// @param errno si_errno
/// @param code si_code
/// @param word16 the eight bytes at offset 16
/// @param word24 the eight bytes at offset 24
/// @param word32 the eight bytes at offset 32
/// @param word40 the eight bytes at offset 40
public record SigInfo(
        int signo, int errno, int code, long word16, long word24, long word32, long word40) {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /// Sent by kill(2), tkill(2) and the like.
    public static SigInfo fromTask(int signo, int code, int pid, int uid) {
        return new SigInfo(signo, 0, code, pair(pid, uid), 0, 0, 0);
    }

    /// Sent by the kernel with nothing to say. Linux: SEND_SIG_PRIV
    public static SigInfo fromKernel(int signo) {
        return new SigInfo(signo, 0, Signals.SI_KERNEL, 0, 0, 0, 0);
    }

    /// Caused by an instruction. Linux: force_sig_fault()
    public static SigInfo fault(int signo, int code, long vaddr) {
        return new SigInfo(signo, 0, code, vaddr, 0, 0, 0);
    }

    /// A child's change of state. Linux: do_notify_parent()
    public static SigInfo child(
            int signo, int code, int pid, int uid, int status, long userTicks, long systemTicks) {
        return new SigInfo(
                signo, 0, code, pair(pid, uid), status & 0xffff_ffffL, userTicks, systemTicks);
    }

    /// Expiry of a POSIX timer.
    public static SigInfo timer(int signo, int timerId, int overrun, long value) {
        return new SigInfo(signo, 0, Signals.SI_TIMER, pair(timerId, overrun), value, 0, 0);
    }

    /// Reads what rt_sigqueueinfo(2) was given.
    ///
    /// @param bytes at least 48
    /// @param signo replaces si_signo
    public static SigInfo read(MemorySegment bytes, int signo) {
        return new SigInfo(
                signo,
                bytes.get(INT, 4),
                bytes.get(INT, 8),
                bytes.get(LONG, 16),
                bytes.get(LONG, 24),
                bytes.get(LONG, 32),
                bytes.get(LONG, 40));
    }

    /// Writes all [Signals#SIGINFO_BYTES] bytes.
    public void write(MemorySegment target, long offset) {
        target.asSlice(offset, Signals.SIGINFO_BYTES).fill((byte) 0);
        target.set(INT, offset, signo);
        target.set(INT, offset + 4, errno);
        target.set(INT, offset + 8, code);
        target.set(LONG, offset + 16, word16);
        target.set(LONG, offset + 24, word24);
        target.set(LONG, offset + 32, word32);
        target.set(LONG, offset + 40, word40);
    }

    /// si_pid, where the signal has one.
    public int pid() {
        return (int) word16;
    }

    /// si_uid, where the signal has one.
    public int uid() {
        return (int) (word16 >>> 32);
    }

    /// si_addr, where the signal has one.
    public long vaddr() {
        return word16;
    }

    /// si_status, where the signal has one.
    public int status() {
        return (int) word24;
    }

    /// Whether a user could not have made this up. Linux: !si_fromuser()
    public boolean isFromKernel() {
        return code > 0;
    }

    private static long pair(int low, int high) {
        return (low & 0xffff_ffffL) | (long) high << 32;
    }
}
