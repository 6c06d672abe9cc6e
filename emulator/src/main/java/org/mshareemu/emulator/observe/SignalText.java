package org.mshareemu.emulator.observe;

import org.mshareemu.emulator.kernel.abi.Signals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Signals, what they carry, and how processes end, in words.
final class SignalText {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private SignalText() {}

    /// The `si_code` of a signal by name.
    static String code(int signo, int code) {
        String[] names =
                switch (signo) {
                    case Signals.SIGSEGV ->
                            new String[] {
                                "", "SEGV_MAPERR", "SEGV_ACCERR", "SEGV_BNDERR", "SEGV_PKUERR"
                            };
                    case Signals.SIGBUS ->
                            new String[] {
                                "",
                                "BUS_ADRALN",
                                "BUS_ADRERR",
                                "BUS_OBJERR",
                                "BUS_MCEERR_AR",
                                "BUS_MCEERR_AO"
                            };
                    case Signals.SIGILL ->
                            new String[] {
                                "",
                                "ILL_ILLOPC",
                                "ILL_ILLOPN",
                                "ILL_ILLADR",
                                "ILL_ILLTRP",
                                "ILL_PRVOPC",
                                "ILL_PRVREG",
                                "ILL_COPROC",
                                "ILL_BADSTK"
                            };
                    case Signals.SIGFPE ->
                            new String[] {
                                "",
                                "FPE_INTDIV",
                                "FPE_INTOVF",
                                "FPE_FLTDIV",
                                "FPE_FLTOVF",
                                "FPE_FLTUND",
                                "FPE_FLTRES",
                                "FPE_FLTINV",
                                "FPE_FLTSUB"
                            };
                    case Signals.SIGTRAP -> new String[] {"", "TRAP_BRKPT", "TRAP_TRACE"};
                    case Signals.SIGCHLD ->
                            new String[] {
                                "",
                                "CLD_EXITED",
                                "CLD_KILLED",
                                "CLD_DUMPED",
                                "CLD_TRAPPED",
                                "CLD_STOPPED",
                                "CLD_CONTINUED"
                            };
                    default -> new String[0];
                };
        return code > 0 && code < names.length
                ? names[code]
                : ArgumentNames.SIGINFO_CODE.oneOrDecimal(code);
    }

    /// siginfo_t as strace shows it.
    static void siginfo(StringBuilder out, MemorySegment s) {
        int signo = s.get(INT, 0);
        int code = s.get(INT, 8);
        out.append("{si_signo=")
                .append(ArgumentDecoders.signal(signo))
                .append(", si_code=")
                .append(code(signo, code));
        if (signo == 0) {
            out.setLength(out.length() - code(signo, code).length());
            out.append("0}");
            return;
        }
        if (code > 0
                && code != Signals.SI_KERNEL
                && (Signals.SYNCHRONOUS_MASK & Signals.bit(signo)) != 0) {
            out.append(", si_addr=");
            ArgumentDecoders.pointer(out, s.get(LONG, 16));
        } else if (signo == Signals.SIGCHLD && code > 0) {
            child(out, s, code);
        } else if (code <= 0 && code != Signals.SI_TIMER) {
            out.append(", si_pid=")
                    .append(s.get(INT, 16))
                    .append(", si_uid=")
                    .append(s.get(INT, 20));
            if (code == Signals.SI_QUEUE) {
                out.append(", si_value={int=").append(s.get(INT, 24)).append(", ptr=");
                ArgumentDecoders.pointer(out, s.get(LONG, 24));
                out.append('}');
            }
        }
        out.append('}');
    }

    private static void child(StringBuilder out, MemorySegment s, int code) {
        int status = s.get(INT, 24);
        out.append(", si_pid=")
                .append(s.get(INT, 16))
                .append(", si_uid=")
                .append(s.get(INT, 20))
                .append(", si_status=");
        out.append(
                code == Signals.CLD_EXITED
                        ? Integer.toString(status)
                        : ArgumentDecoders.signal(status));
    }

    /// What wait4(2) stores, by the macros of `<sys/wait.h>`.
    static String waitStatus(int status) {
        int signo = status & 0x7f;
        if (status == 0xffff) {
            return "{WIFCONTINUED(s)}";
        }
        if (signo == 0) {
            return "{WIFEXITED(s) && WEXITSTATUS(s) == " + (status >>> 8 & 0xff) + "}";
        }
        if (signo == 0x7f) {
            return "{WIFSTOPPED(s) && WSTOPSIG(s) == "
                    + ArgumentDecoders.signal(status >>> 8 & 0xff)
                    + "}";
        }
        return "{WIFSIGNALED(s) && WTERMSIG(s) == "
                + ArgumentDecoders.signal(signo)
                + ((status & 0x80) != 0 ? " && WCOREDUMP(s)" : "")
                + "}";
    }
}
