package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.cpu.VcpuExit;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.mm.FaultResult;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.mmu.paging.PageFaultError;

/// Turns exceptions of the processor into signals. Linux: arch/x86/kernel/traps.c,
/// arch/x86/mm/fault.c
final class TrapSignals {
    private static final int VECTOR_DE = 0;
    private static final int VECTOR_DB = 1;
    private static final int VECTOR_BP = 3;
    private static final int VECTOR_OF = 4;
    private static final int VECTOR_UD = 6;
    private static final int VECTOR_NP = 11;
    private static final int VECTOR_SS = 12;
    private static final int VECTOR_GP = 13;
    private static final int VECTOR_MF = 16;

    /// The gate of 32-bit system calls. It is closed, as in a kernel without 32-bit emulation.
    private static final int VECTOR_INT80 = 0x80;

    private static final int INT80_ERROR_CODE = VECTOR_INT80 << 3 | 2;

    private static final long RFLAGS_TF = 0x100;
    private static final long MAX_PUSH_BYTES = 16;

    private final Kernel kernel;
    private final byte[] fxsave = new byte[CpuState.FXSAVE_BYTES];

    TrapSignals(Kernel kernel) {
        this.kernel = kernel;
    }

    void handle(Task task, VcpuExit exit) {
        switch (exit) {
            case VcpuExit.PageFault(long vaddr, int errorCode) -> pageFault(task, vaddr, errorCode);
            case VcpuExit.NonCanonical(long vaddr) -> nonCanonical(task, vaddr);
            case VcpuExit.CpuException(int vector, int errorCode) ->
                    exception(task, vector, errorCode);
            case VcpuExit.InvalidOpcode _ -> {
                task.lastTrap.exception(VECTOR_UD, 0);
                fault(task, Signals.SIGILL, Signals.ILL_ILLOPN, rip(task));
            }
            case VcpuExit.PortAccess _ -> generalProtection(task, 0);
            case VcpuExit.EngineError(int code, String name) ->
                    throw new KernelBug("engine error " + code + " (" + name + ") in " + task);
            case VcpuExit.Syscall _, VcpuExit.Quantum _ ->
                    throw new KernelBug("not a trap: " + exit);
        }
    }

    /// A fault that could not be resolved while guest code ran; now its address is exact. Linux:
    /// exc_page_fault(), do_user_addr_fault()
    private void pageFault(Task task, long vaddr, int errorCode) {
        FaultResult result = task.mm().handleUserFault(vaddr, errorCode);
        reportFault(task, vaddr, errorCode, rip(task), result);
        if (result.kind() == FaultResult.Kind.SIGNAL) {
            // Linux does not let on which kernel addresses are mapped: set_signal_archinfo()
            boolean isKernelAddress = vaddr < 0 || vaddr >= task.mm().taskSize();
            task.lastTrap.pageFault(
                    vaddr, isKernelAddress ? errorCode | PageFaultError.PRESENT : errorCode);
            if (result.signo() == Signals.SIGKILL) {
                kernel.signals().forceFatal(task, Signals.SIGKILL);
            } else {
                fault(task, result.signo(), result.siCode(), vaddr);
            }
        } else {
            countFault(task, result);
        }
    }

    void countFault(Task task, FaultResult result) {
        switch (result.cost()) {
            case MINOR -> task.counters().minorFault();
            case MAJOR -> task.counters().majorFault();
            case NONE -> {}
        }
    }

    void reportFault(Task task, long vaddr, int errorCode, long rip, FaultResult result) {
        kernel.listener().pageFault(task, vaddr, errorCode, rip, result);
    }

    private void exception(Task task, int vector, int errorCode) {
        task.lastTrap.exception(vector, errorCode);
        switch (vector) {
            case VECTOR_DE -> fault(task, Signals.SIGFPE, Signals.FPE_INTDIV, rip(task));
            case VECTOR_DB -> debug(task);
            case VECTOR_BP -> kernel.signals().force(task, SigInfo.fromKernel(Signals.SIGTRAP));
            case VECTOR_OF -> kernel.signals().force(task, SigInfo.fromKernel(Signals.SIGSEGV));
            case VECTOR_NP, VECTOR_SS ->
                    kernel.signals().force(task, SigInfo.fromKernel(Signals.SIGBUS));
            case VECTOR_MF -> floatingPoint(task);
            case VECTOR_INT80 -> {
                CpuState cpu = task.cpu();
                cpu.set(Register.RIP, cpu.get(Register.RIP) - 2);
                generalProtection(task, INT80_ERROR_CODE);
            }
            default -> generalProtection(task, errorCode);
        }
    }

    /// The signal names the instruction behind. Linux: exc_debug_user(), get_si_code()
    private void debug(Task task) {
        boolean isStep = (task.cpu().get(Register.RFLAGS) & RFLAGS_TF) != 0;
        int code = isStep ? Signals.TRAP_TRACE : Signals.TRAP_BRKPT;
        fault(task, Signals.SIGTRAP, code, rip(task));
    }

    /// Accesses through the stack pointer raise #SS, all others #GP. SDM Vol. 3A, section 3.3.7.1
    private void nonCanonical(Task task, long vaddr) {
        long distance = vaddr - task.cpu().get(Register.RSP);
        if (distance >= -MAX_PUSH_BYTES && distance <= MAX_PUSH_BYTES) {
            task.lastTrap.exception(VECTOR_SS, 0);
            kernel.signals().force(task, SigInfo.fromKernel(Signals.SIGBUS));
        } else {
            generalProtection(task, 0);
        }
    }

    /// Linux: exc_general_protection(): no address
    private void generalProtection(Task task, int errorCode) {
        task.lastTrap.exception(VECTOR_GP, errorCode);
        kernel.signals().force(task, SigInfo.fromKernel(Signals.SIGSEGV));
    }

    /// Which x87 exception is unmasked and pending. Linux: fpu__exception_code()
    private void floatingPoint(Task task) {
        task.cpu().storeFxsave(fxsave);
        int control = fxsave[0] & 0x3f;
        int status = fxsave[2] & 0xff;
        int raised = status & ~control;
        int code = 0;
        if ((raised & 0x01) != 0) {
            code = Signals.FPE_FLTINV;
        } else if ((raised & 0x04) != 0) {
            code = Signals.FPE_FLTDIV;
        } else if ((raised & 0x08) != 0) {
            code = Signals.FPE_FLTOVF;
        } else if ((raised & 0x12) != 0) {
            code = Signals.FPE_FLTUND;
        } else if ((raised & 0x20) != 0) {
            code = Signals.FPE_FLTRES;
        }
        if (code != 0) {
            fault(task, Signals.SIGFPE, code, rip(task));
        }
    }

    private void fault(Task task, int signo, int code, long vaddr) {
        kernel.signals().force(task, SigInfo.fault(signo, code, vaddr));
    }

    private static long rip(Task task) {
        return task.cpu().get(Register.RIP);
    }
}
