package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.RestartableSequences;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.mmu.phys.FrameUse;

import java.nio.charset.StandardCharsets;

/// What is known of the machine, random numbers, and calls that only say no.
public final class MiscCalls {
    private static final int UTS_FIELD_BYTES = 65;
    private static final int HOST_NAME_MAX = 64;
    private static final int SYSINFO_BYTES = 112;
    private static final int GRND_NONBLOCK = 1;
    private static final int GRND_RANDOM = 2;
    private static final int GRND_INSECURE = 4;
    private static final int RANDOM_CHUNK_BYTES = 4096;

    private static final int MEMBARRIER_CMD_QUERY = 0;
    private static final int MEMBARRIER_CMD_GLOBAL = 1;
    private static final int MEMBARRIER_GLOBAL_EXPEDITED = 2;
    private static final int MEMBARRIER_REGISTER_GLOBAL_EXPEDITED = 4;
    private static final int MEMBARRIER_PRIVATE_EXPEDITED = 8;
    private static final int MEMBARRIER_REGISTER_PRIVATE_EXPEDITED = 16;
    private static final int MEMBARRIER_SUPPORTED =
            MEMBARRIER_CMD_GLOBAL
                    | MEMBARRIER_GLOBAL_EXPEDITED
                    | MEMBARRIER_REGISTER_GLOBAL_EXPEDITED
                    | MEMBARRIER_PRIVATE_EXPEDITED
                    | MEMBARRIER_REGISTER_PRIVATE_EXPEDITED;

    private static final int PERSONALITY_QUERY = 0xffff_ffff;

    private static final int SYSLOG_ACTION_SIZE_BUFFER = 10;
    private static final int SYSLOG_BUFFER_BYTES = 1 << 18;

    private final Kernel kernel;

    public MiscCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_uname, (task, a) -> uname(task, a.a0()));
        table.row(NR_sethostname, (task, a) -> setName(task, a.a0(), a.i1(), true));
        table.row(NR_setdomainname, (task, a) -> setName(task, a.a0(), a.i1(), false));
        table.row(NR_sysinfo, (task, a) -> sysinfo(task, a.a0()));
        table.row(NR_getrandom, (task, a) -> getrandom(task, a.a0(), a.a1(), a.i2()));
        table.partly(
                NR_personality,
                "kept and inherited; only ADDR_COMPAT_LAYOUT has an effect",
                (task, a) -> personality(task, a.i0()));
        table.partly(
                NR_membarrier,
                "no SYNC_CORE and RSEQ commands",
                (task, a) -> membarrier(task, a.i0(), a.i1()));
        table.partly(
                NR_reboot, "always EPERM or EINVAL", (task, a) -> reboot(task, a.i0(), a.i1()));
        table.partly(NR_syslog, "the log is empty", (task, a) -> syslog(task, a.i0()));
        table.partly(NR_iopl, "always EPERM", (_, _) -> refuse());
        table.partly(NR_ioperm, "always EPERM", (_, _) -> refuse());
        table.partly(NR_swapon, "always EPERM", (_, _) -> refuse());
        table.partly(NR_swapoff, "always EPERM", (_, _) -> refuse());
        table.partly(NR_init_module, "always EPERM", (_, _) -> refuse());
        table.partly(NR_finit_module, "always EPERM", (_, _) -> refuse());
        table.partly(NR_delete_module, "always EPERM", (_, _) -> refuse());
        table.row(
                NR_rseq,
                (task, a) -> {
                    RestartableSequences.register(task, a.a0(), a.i1(), a.i2(), a.i3());
                    return 0;
                });
        String noSockets = "always EAFNOSUPPORT: there are no sockets";
        table.partly(NR_socket, noSockets, (_, _) -> noAddressFamily());
        table.partly(NR_socketpair, noSockets, (_, _) -> noAddressFamily());
        table.partly(NR_vhangup, "does nothing", (task, _) -> vhangup(task));
    }

    private static long noAddressFamily() throws ErrnoException {
        throw Errno.EAFNOSUPPORT.exception();
    }

    private static long refuse() throws ErrnoException {
        throw Errno.EPERM.exception();
    }

    private long uname(Task task, long at) throws ErrnoException {
        String[] fields = {
            "Linux",
            kernel.hostName(),
            Kernel.RELEASE,
            Kernel.VERSION,
            "x86_64",
            kernel.domainName(),
        };
        byte[] bytes = new byte[UTS_FIELD_BYTES * fields.length];
        for (int i = 0; i < fields.length; i++) {
            byte[] text = fields[i].getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(text, 0, bytes, i * UTS_FIELD_BYTES, text.length);
        }
        task.memory().write(at, bytes, 0, bytes.length);
        return 0;
    }

    private long setName(Task task, long at, int length, boolean isHost) throws ErrnoException {
        if (!task.credentials().isCapable(Credentials.CAP_SYS_ADMIN)) {
            throw Errno.EPERM.exception();
        }
        if (length < 0 || length > HOST_NAME_MAX) {
            throw Errno.EINVAL.exception();
        }
        byte[] bytes = new byte[length];
        task.memory().read(at, bytes, 0, length);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int nul = text.indexOf('\0');
        String name = nul < 0 ? text : text.substring(0, nul);
        if (isHost) {
            kernel.setHostName(name);
        } else {
            kernel.setDomainName(name);
        }
        return 0;
    }

    /// struct sysinfo: uptime, loads[3], totalram, freeram, sharedram, bufferram, totalswap,
    /// freeswap, procs (16 bits), totalhigh, freehigh, mem_unit.
    private long sysinfo(Task task, long at) throws ErrnoException {
        UserMemory memory = task.memory();
        memory.clear(at, SYSINFO_BYTES);
        memory.writeLong(at, kernel.clock().monotonicNanos() / TimeValues.NANOS_PER_SECOND);
        var frames = kernel.mmContext().allocator();
        memory.writeLong(at + 32, frames.totalFrames() * 4096);
        memory.writeLong(at + 40, frames.freeFrames() * 4096);
        memory.writeLong(at + 48, frames.usedFrames(FrameUse.SHMEM) * 4096);
        memory.writeShort(at + 80, (short) kernel.tasks().tasks().size());
        memory.writeInt(at + 104, 1);
        return 0;
    }

    private long getrandom(Task task, long at, long lengthBytes, int flags) throws ErrnoException {
        boolean contradicts =
                (flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE);
        if ((flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)) != 0 || contradicts) {
            throw Errno.EINVAL.exception();
        }
        long wanted =
                Long.compareUnsigned(lengthBytes, Integer.MAX_VALUE) > 0
                        ? Integer.MAX_VALUE & -4096
                        : lengthBytes;
        byte[] chunk = new byte[(int) Math.min(wanted, RANDOM_CHUNK_BYTES)];
        long done = 0;
        while (done < wanted) {
            kernel.random().nextBytes(chunk);
            int length = (int) Math.min(chunk.length, wanted - done);
            try {
                task.memory().write(at + done, chunk, 0, length);
            } catch (ErrnoException fault) {
                if (done == 0) {
                    throw fault;
                }
                break;
            }
            done += length;
        }
        return done;
    }

    private static long personality(Task task, int persona) {
        int old = task.options().personality();
        if (persona != PERSONALITY_QUERY) {
            task.options().setPersonality(persona);
        }
        return Integer.toUnsignedLong(old);
    }

    /// All CPUs run on one host thread, so memory is always in order; only the registration counts.
    private static long membarrier(Task task, int command, int flags) throws ErrnoException {
        if (flags != 0) {
            throw Errno.EINVAL.exception();
        }
        if (command == MEMBARRIER_CMD_QUERY) {
            return MEMBARRIER_SUPPORTED;
        }
        boolean isOne = Integer.bitCount(command) == 1 && (command & MEMBARRIER_SUPPORTED) != 0;
        if (!isOne) {
            throw Errno.EINVAL.exception();
        }
        if (command == MEMBARRIER_REGISTER_PRIVATE_EXPEDITED) {
            task.group().setMembarrierRegistered();
        } else if (command == MEMBARRIER_PRIVATE_EXPEDITED
                && !task.group().isMembarrierRegistered()) {
            throw Errno.EPERM.exception();
        }
        return 0;
    }

    private static long reboot(Task task, int magic1, int magic2) throws ErrnoException {
        if (!task.credentials().isCapable(Credentials.CAP_SYS_BOOT)) {
            throw Errno.EPERM.exception();
        }
        boolean isMagic =
                magic1 == 0xfee1_dead
                        && (magic2 == 672_274_793
                                || magic2 == 85_072_278
                                || magic2 == 369_367_448
                                || magic2 == 537_993_216);
        throw (isMagic ? Errno.EPERM : Errno.EINVAL).exception();
    }

    private static long syslog(Task task, int action) throws ErrnoException {
        if (action < 0 || action > SYSLOG_ACTION_SIZE_BUFFER) {
            throw Errno.EINVAL.exception();
        }
        if (action == SYSLOG_ACTION_SIZE_BUFFER) {
            return SYSLOG_BUFFER_BYTES;
        }
        if (action != 3 && !task.credentials().isCapable(Credentials.CAP_SYS_ADMIN)) {
            throw Errno.EPERM.exception();
        }
        return 0;
    }

    private static long vhangup(Task task) throws ErrnoException {
        if (!task.credentials().isCapable(Credentials.CAP_SYS_ADMIN)) {
            throw Errno.EPERM.exception();
        }
        return 0;
    }
}
