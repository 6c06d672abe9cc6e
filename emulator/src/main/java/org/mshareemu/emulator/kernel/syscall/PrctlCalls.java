package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_prctl;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskOptions;

import java.nio.charset.StandardCharsets;

/// prctl(2).
public final class PrctlCalls {
    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_GET_PDEATHSIG = 2;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_GET_KEEPCAPS = 7;
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int PR_GET_TIMING = 13;
    private static final int PR_SET_NAME = 15;
    private static final int PR_GET_NAME = 16;
    private static final int PR_GET_SECCOMP = 21;
    private static final int PR_CAPBSET_READ = 23;
    private static final int PR_GET_TSC = 25;
    private static final int PR_SET_TSC = 26;
    private static final int PR_GET_SECUREBITS = 27;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PR_GET_TIMERSLACK = 30;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_GET_CHILD_SUBREAPER = 37;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_GET_NO_NEW_PRIVS = 39;
    private static final int PR_GET_TID_ADDRESS = 40;
    private static final int PR_SET_THP_DISABLE = 41;
    private static final int PR_GET_THP_DISABLE = 42;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_SET_PTRACER = 0x59616d61;

    private static final int PR_TSC_ENABLE = 1;
    private static final int DEFAULT_SLACK_NANOS = 50_000;
    private static final int NAME_BYTES = 16;
    private static final int LAST_CAPABILITY = 40;

    public PrctlCalls() {}

    /// Registers the row of this family.
    public void register(SyscallTable table) {
        table.partly(
                NR_prctl,
                "no seccomp, no capability bounding set, no PR_SET_MM",
                (task, a) -> prctl(task, a.i0(), a.a1(), a.a2(), a.a3(), a.a4()));
    }

    private static long prctl(Task task, int option, long a1, long a2, long a3, long a4)
            throws ErrnoException {
        UserMemory memory = task.memory();
        TaskOptions options = task.options();
        switch (option) {
            case PR_SET_PDEATHSIG -> {
                if (a1 < 0 || a1 > Signals.NSIG) {
                    throw Errno.EINVAL.exception();
                }
                task.setParentDeathSignal((int) a1);
            }
            case PR_GET_PDEATHSIG -> memory.writeInt(a1, task.parentDeathSignal());
            case PR_GET_DUMPABLE -> {
                return task.group().isDumpable() ? 1 : 0;
            }
            case PR_SET_DUMPABLE -> {
                checkFlag(a1);
                task.group().setDumpable(a1 == 1);
            }
            case PR_GET_KEEPCAPS -> {
                return options.keepsCapabilities() ? 1 : 0;
            }
            case PR_SET_KEEPCAPS -> {
                checkFlag(a1);
                options.setKeepsCapabilities(a1 == 1);
            }
            case PR_GET_TIMING, PR_GET_SECUREBITS, PR_GET_SECCOMP -> {
                return 0;
            }
            case PR_SET_NAME -> setName(task, a1);
            case PR_GET_NAME -> getName(task, a1);
            case PR_CAPBSET_READ -> {
                if (a1 < 0 || a1 > LAST_CAPABILITY) {
                    throw Errno.EINVAL.exception();
                }
                return 1;
            }
            case PR_GET_TSC -> memory.writeInt(a1, PR_TSC_ENABLE);
            case PR_SET_TSC -> {
                if (a1 != PR_TSC_ENABLE) {
                    throw Errno.EINVAL.exception();
                }
            }
            case PR_SET_TIMERSLACK ->
                    options.setTimerSlackNanos(a1 <= 0 ? DEFAULT_SLACK_NANOS : a1);
            case PR_GET_TIMERSLACK -> {
                return options.timerSlackNanos();
            }
            case PR_SET_CHILD_SUBREAPER -> task.group().setChildSubreaper(a1 != 0);
            case PR_GET_CHILD_SUBREAPER ->
                    memory.writeInt(a1, task.group().isChildSubreaper() ? 1 : 0);
            case PR_SET_NO_NEW_PRIVS -> {
                if (a1 != 1 || a2 != 0 || a3 != 0 || a4 != 0) {
                    throw Errno.EINVAL.exception();
                }
                options.setNoNewPrivileges();
            }
            case PR_GET_NO_NEW_PRIVS -> {
                checkUnused(a1, a2, a3, a4);
                return options.hasNoNewPrivileges() ? 1 : 0;
            }
            case PR_GET_TID_ADDRESS -> memory.writeLong(a1, task.clearChildTid());
            case PR_SET_THP_DISABLE -> {
                checkUnused(a2, a3, a4, 0);
                options.setThpDisabled(a1 != 0);
            }
            case PR_GET_THP_DISABLE -> {
                checkUnused(a1, a2, a3, a4);
                return options.isThpDisabled() ? 1 : 0;
            }
            case PR_CAP_AMBIENT -> {
                return capAmbient(a1, a2, a3, a4);
            }
            case PR_SET_PTRACER -> {
                // Any tracer is fine, as nobody traces.
            }
            default -> throw Errno.EINVAL.exception();
        }
        return 0;
    }

    private static void checkFlag(long value) throws ErrnoException {
        if (value != 0 && value != 1) {
            throw Errno.EINVAL.exception();
        }
    }

    private static void checkUnused(long a, long b, long c, long d) throws ErrnoException {
        if ((a | b | c | d) != 0) {
            throw Errno.EINVAL.exception();
        }
    }

    /// The ambient set is empty and stays so.
    private static long capAmbient(long command, long capability, long a3, long a4)
            throws ErrnoException {
        boolean isClearAll = command == 4 && (capability | a3 | a4) == 0;
        boolean isKnown =
                command >= 1
                        && command <= 3
                        && capability >= 0
                        && capability <= LAST_CAPABILITY
                        && (a3 | a4) == 0;
        if (!isClearAll && !isKnown) {
            throw Errno.EINVAL.exception();
        }
        if (command == 2) {
            throw Errno.EPERM.exception();
        }
        return 0;
    }

    private static void setName(Task task, long at) throws ErrnoException {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < NAME_BYTES - 1; i++) {
            byte next = task.memory().readByte(at + i);
            if (next == 0) {
                break;
            }
            name.append((char) (next & 0xff));
        }
        task.setComm(name.toString());
    }

    private static void getName(Task task, long at) throws ErrnoException {
        byte[] bytes = new byte[NAME_BYTES];
        byte[] name = task.comm().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(name, 0, bytes, 0, Math.min(name.length, NAME_BYTES - 1));
        task.memory().write(at, bytes, 0, NAME_BYTES);
    }
}
