package org.mshareemu.emulator.observe;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.InstructionListener;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.cpu.Vcpu;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.Task;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A line of text per executed instruction:
///
///     3 0x401136 main+0x4: 48 83 ec 10  sub rsp, 0x10  ; rsp=0x7ffc0 eflags=0x206
///
/// that is task, address, symbol, bytes, disassembly, and the registers it changed. What an instruction changed is known when the next one of its CPU
/// begins, so a line is written then; for SYSCALL that is what the kernel changed. An instruction that faults and runs again is listed again.
public final class InstructionTrace implements InstructionListener, KernelListener {
    /// Turns machine code into text.
    @FunctionalInterface
    public interface Disassembler {
        /// The instruction at `rip`, as Intel writes it; null if the bytes are none.
        @Nullable String disassemble(byte[] bytes, int lengthBytes, long rip);
    }

    /// What is shown when changed; RIP is in the next line anyway.
    private static final Register[] SHOWN = {
        Register.RAX, Register.RBX, Register.RCX, Register.RDX, Register.RSI, Register.RDI,
                Register.RBP, Register.RSP,
        Register.R8, Register.R9, Register.R10, Register.R11, Register.R12, Register.R13,
                Register.R14, Register.R15,
        Register.RFLAGS, Register.FS_BASE, Register.GS_BASE,
    };

    private static final String[] NAMES = new String[SHOWN.length];

    static {
        for (int i = 0; i < NAMES.length; i++) {
            NAMES[i] =
                    SHOWN[i] == Register.RFLAGS
                            ? "eflags"
                            : SHOWN[i].name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LONGEST_INSTRUCTION = 15;

    /// Per CPU: who runs there, and the line begun.
    private static final class CpuLine {
        @Nullable Task task;
        final StringBuilder begun = new StringBuilder();
        final long[] registers = new long[SHOWN.length];
    }

    /// What the bytes at an address were taken for.
    private static final class Decoded {
        final byte[] bytes;
        final String text;

        Decoded(byte[] bytes, String text) {
            this.bytes = bytes;
            this.text = text;
        }
    }

    private static final int MOST_DECODED = 1 << 18;

    private final Map<Long, Decoded> decoded = new HashMap<>();
    private final PrintStream out;
    private final Symbolizer symbolizer;
    private final Disassembler disassembler;
    private final CpuLine[] cpus;
    private final byte[] bytes = new byte[LONGEST_INSTRUCTION];

    /// A trace of a machine with `cpuCount` CPUs.
    ///
    /// @param out where the lines go
    public InstructionTrace(
            PrintStream out, Symbolizer symbolizer, Disassembler disassembler, int cpuCount) {
        this.out = out;
        this.symbolizer = symbolizer;
        this.disassembler = disassembler;
        this.cpus = new CpuLine[cpuCount];
        for (int i = 0; i < cpuCount; i++) {
            cpus[i] = new CpuLine();
        }
    }

    @Override
    public void onInstruction(Vcpu vcpu, long rip, int lengthBytes) {
        CpuLine cpu = cpus[vcpu.index()];
        boolean isFirst = cpu.begun.isEmpty();
        for (int i = 0; i < SHOWN.length; i++) {
            long value = vcpu.liveRegister(SHOWN[i]);
            if (!isFirst && value != cpu.registers[i]) {
                change(cpu.begun, NAMES[i], value);
            }
            cpu.registers[i] = value;
        }
        end(cpu);
        Task task = cpu.task;
        if (task != null) {
            begin(cpu.begun, task, rip, Math.min(lengthBytes, LONGEST_INSTRUCTION));
        }
    }

    private void begin(StringBuilder line, Task task, long rip, int lengthBytes) {
        line.append(task.tid())
                .append(' ')
                .append(symbolizer.describe(task.mmOrNull(), rip))
                .append(':');
        int length = GuestView.of(task.mm()).read(rip, bytes, lengthBytes);
        line.append(text(rip, length));
    }

    /// The bytes and what they mean; asked of the disassembler once per address and bytes.
    private String text(long rip, int length) {
        Decoded known = decoded.get(rip);
        if (known == null || !Arrays.equals(known.bytes, 0, known.bytes.length, bytes, 0, length)) {
            if (decoded.size() >= MOST_DECODED) {
                decoded.clear();
            }
            known = new Decoded(Arrays.copyOf(bytes, length), decode(rip, length));
            decoded.put(rip, known);
        }
        return known.text;
    }

    private String decode(long rip, int length) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < length; i++) {
            line.append(' ')
                    .append(Character.forDigit(bytes[i] >> 4 & 15, 16))
                    .append(Character.forDigit(bytes[i] & 15, 16));
        }
        String words = disassembler.disassemble(bytes, length, rip);
        return line.append("  ").append(words == null ? "(bad)" : words).toString();
    }

    private static void change(StringBuilder line, String name, long value) {
        line.append(line.indexOf("  ; ") < 0 ? "  ; " : " ")
                .append(name)
                .append("=0x")
                .append(Long.toHexString(value));
    }

    private void end(CpuLine cpu) {
        if (!cpu.begun.isEmpty()) {
            out.print(cpu.begun.append('\n'));
            cpu.begun.setLength(0);
        }
    }

    @Override
    public void taskSwitched(Task task, int cpuNumber) {
        CpuLine cpu = cpus[cpuNumber];
        if (cpu.task != task) {
            end(cpu);
            cpu.task = task;
        }
    }

    @Override
    public void taskExeced(Task task, String path) {
        end(cpus[task.cpuNumber()]);
    }

    @Override
    public void taskExiting(Task task, int status) {
        end(cpus[task.cpuNumber()]);
    }
}
