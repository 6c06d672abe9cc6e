package org.mshareemu.emulator.observe;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalAction;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.Task;

import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/// System calls and signals in the manner of strace(1) with `-f`: a line per call, headed by the
/// task's number.
///
/// A call's line is written when the call is over. If another task has something to say before
/// that, the line begun so far is written with `<unfinished ...>`, and the rest follows as `<...
/// NAME resumed>`.
public final class StraceLog implements KernelListener {
    /// A call that has been entered and is not over.
    private static final class Open {
        final String name;
        final CallSignature signature;
        final CallView view;

        /// Arguments as they were when the call was entered; rendered before the kernel can change
        /// them.
        final String entryText;

        boolean isAnnounced;

        Open(String name, CallSignature signature, CallView view, String entryText) {
            this.name = name;
            this.signature = signature;
            this.view = view;
            this.entryText = entryText;
        }

        /// Whether arguments follow on those shown at first.
        boolean hasMore() {
            return signature.entryCount() > 0 && signature.entryCount() < signature.count();
        }
    }

    private final PrintStream out;
    private final Map<Integer, Open> open = new LinkedHashMap<>();

    /// A log that writes to `out`.
    public StraceLog(PrintStream out) {
        this.out = out;
    }

    @Override
    public void syscallEntered(Task task) {
        CpuState cpu = task.cpu();
        int number = (int) cpu.get(Register.RAX);
        String name = SyscallNumber.name(number);
        CallView view = new CallView(GuestView.of(task.mm()));
        view.arguments[0] = cpu.get(Register.RDI);
        view.arguments[1] = cpu.get(Register.RSI);
        view.arguments[2] = cpu.get(Register.RDX);
        view.arguments[3] = cpu.get(Register.R10);
        view.arguments[4] = cpu.get(Register.R8);
        view.arguments[5] = cpu.get(Register.R9);
        CallSignature signature = CallSignature.of(name);
        StringBuilder text = new StringBuilder(name).append('(');
        signature.append(text, view, 0, signature.entryCount());
        Open call = new Open(name, signature, view, text.toString());
        interrupt(task.tid());
        open.put(task.tid(), call);
        if (signature.result() == CallSignature.Result.NEVER) {
            line(task.tid(), text.append(") = ?"));
            open.remove(task.tid());
        }
    }

    @Override
    public void syscallReturned(Task task, long number, long result) {
        Open call = open.remove(task.tid());
        if (call == null) {
            return;
        }
        interrupt(task.tid());
        StringBuilder text = new StringBuilder();
        call.view.result = result;
        CallSignature signature = call.signature;
        if (call.isAnnounced) {
            text.append("<... ").append(call.name).append(" resumed>");
        } else {
            text.append(call.entryText);
            retryUnread(text, call);
        }
        appendRest(text, call);
        text.append(") = ");
        if (ErrorText.isError(result)) {
            ErrorText.append(text, result);
        } else {
            switch (signature.result()) {
                case HEX -> text.append("0x").append(Long.toHexString(result));
                case OCTAL -> text.append(ArgumentDecoders.octal(result));
                case DECIMAL, NEVER -> text.append(result);
            }
        }
        line(task.tid(), text);
    }

    /// The arguments that are known now; the comma before them went with the begun line.
    private static void appendRest(StringBuilder text, Open call) {
        StringBuilder rest = new StringBuilder();
        call.signature.append(rest, call.view, call.signature.entryCount(), call.signature.count());
        text.append(
                rest,
                call.isAnnounced && call.hasMore() && rest.length() > 2 ? 2 : 0,
                rest.length());
    }

    /// A string that the kernel had to bring in first can be read now, unless the program was
    /// replaced.
    private static void retryUnread(StringBuilder text, Open call) {
        if (call.view.hasUnread
                && !call.name.startsWith("exec")
                && call.view.result != -Errno.EFAULT.number()) {
            text.setLength(0);
            text.append(call.name).append('(');
            call.signature.append(text, call.view, 0, call.signature.entryCount());
        }
    }

    @Override
    public void signalDelivered(Task task, SigInfo info, @Nullable SignalAction action) {
        interrupt(task.tid());
        MemorySegment bytes = MemorySegment.ofArray(new byte[Signals.SIGINFO_BYTES]);
        info.write(bytes, 0);
        StringBuilder text =
                new StringBuilder("--- ").append(ArgumentDecoders.signal(info.signo())).append(' ');
        SignalText.siginfo(text, bytes);
        line(task.tid(), text.append(" ---"));
    }

    @Override
    public void taskExiting(Task task, int status) {
        open.remove(task.tid());
        interrupt(task.tid());
        int signo = status & 0x7f;
        StringBuilder text = new StringBuilder("+++ ");
        if (signo == 0) {
            text.append("exited with ").append(status >>> 8 & 0xff);
        } else {
            text.append("killed by ")
                    .append(ArgumentDecoders.signal(signo))
                    .append((status & 0x80) != 0 ? " (core dumped)" : "");
        }
        line(task.tid(), text.append(" +++"));
    }

    /// Writes the begun lines of all other tasks.
    private void interrupt(int tid) {
        for (Map.Entry<Integer, Open> entry : open.entrySet()) {
            Open call = entry.getValue();
            if (entry.getKey() != tid && !call.isAnnounced) {
                call.isAnnounced = true;
                boolean hasMore =
                        call.signature.entryCount() > 0
                                && call.signature.entryCount() < call.signature.count();
                line(
                        entry.getKey(),
                        new StringBuilder(call.entryText)
                                .append(hasMore ? ", " : "")
                                .append(" <unfinished ...>"));
            }
        }
    }

    private void line(int tid, StringBuilder text) {
        String number = Integer.toString(tid);
        out.print(number + " ".repeat(Math.max(1, 6 - number.length())) + text + "\n");
    }
}
