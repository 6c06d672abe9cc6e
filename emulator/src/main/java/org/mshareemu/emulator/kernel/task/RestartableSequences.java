package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

/// Restartable sequences: short code that starts over when its thread loses the CPU or takes a
/// signal in it; and the CPU number kept where the thread can read it.
///
///     struct rseq: cpu_id_start, cpu_id, rseq_cs (8), flags, node_id, mm_cid
///     struct rseq_cs: version, flags, start_ip (8), post_commit_offset (8), abort_ip (8)
///
/// Linux: kernel/rseq.c
public final class RestartableSequences {
    /// Size every registration has at least. Linux: ORIG_RSEQ_SIZE
    private static final int MIN_BYTES = 32;

    private static final int ALIGN_BYTES = 32;

    private static final int FLAG_UNREGISTER = 1;
    private static final int CPU_ID_AT = 4;
    private static final int RSEQ_CS_AT = 8;
    private static final int NODE_ID_AT = 20;
    private static final int MM_CID_AT = 24;
    private static final int CPU_ID_UNINITIALIZED = -1;

    private RestartableSequences() {}

    /// rseq(2).
    ///
    /// @throws ErrnoException EINVAL, EPERM, EBUSY, EFAULT
    public static void register(Task task, long area, int length, int flags, int signature)
            throws ErrnoException {
        TaskOptions options = task.options();
        if ((flags & FLAG_UNREGISTER) != 0) {
            unregister(task, area, length, flags, signature);
            return;
        }
        if (flags != 0) {
            throw Errno.EINVAL.exception();
        }
        if (options.rseqArea != 0) {
            if (options.rseqArea != area || options.rseqLength != length) {
                throw Errno.EINVAL.exception();
            }
            throw (options.rseqSignature != signature ? Errno.EPERM : Errno.EBUSY).exception();
        }
        if (Integer.compareUnsigned(length, MIN_BYTES) < 0 || area % ALIGN_BYTES != 0) {
            throw Errno.EINVAL.exception();
        }
        if (area < 0 || area >= task.mm().taskSize()) {
            throw Errno.EFAULT.exception();
        }
        options.rseqArea = area;
        options.rseqLength = length;
        options.rseqSignature = signature;
        resume(task);
    }

    private static void unregister(Task task, long area, int length, int flags, int signature)
            throws ErrnoException {
        TaskOptions options = task.options();
        if (flags != FLAG_UNREGISTER
                || options.rseqArea == 0
                || options.rseqArea != area
                || options.rseqLength != length) {
            throw Errno.EINVAL.exception();
        }
        if (options.rseqSignature != signature) {
            throw Errno.EPERM.exception();
        }
        task.memory().writeInt(area, 0);
        task.memory().writeInt(area + CPU_ID_AT, CPU_ID_UNINITIALIZED);
        options.rseqArea = 0;
    }

    /// The thread was off its CPU, or is about to enter a signal handler. Linux:
    /// __rseq_handle_notify_resume()
    static void resume(Task task) {
        long area = task.options().rseqArea;
        if (area == 0 || task.state().isOver()) {
            return;
        }
        try {
            UserMemory memory = task.memory();
            abortIfInside(task, memory, area);
            memory.writeInt(area, task.cpuNumber());
            memory.writeInt(area + CPU_ID_AT, task.cpuNumber());
            memory.writeInt(area + NODE_ID_AT, 0);
            memory.writeInt(area + MM_CID_AT, task.cpuNumber());
        } catch (ErrnoException unusable) {
            task.kernel().signals().forceFatal(task, Signals.SIGSEGV);
        }
    }

    /// Linux: rseq_ip_fixup()
    private static void abortIfInside(Task task, UserMemory memory, long area)
            throws ErrnoException {
        long sequence = memory.readLong(area + RSEQ_CS_AT);
        if (sequence == 0) {
            return;
        }
        int version = memory.readInt(sequence);
        long start = memory.readLong(sequence + 8);
        long length = memory.readLong(sequence + 16);
        long abort = memory.readLong(sequence + 24);
        boolean isValid =
                version == 0
                        && start >= 0
                        && length >= 0
                        && start + length < task.mm().taskSize()
                        && abort >= 0
                        && abort < task.mm().taskSize()
                        && Long.compareUnsigned(abort - start, length) >= 0;
        if (!isValid || memory.readInt(abort - 4) != task.options().rseqSignature) {
            throw Errno.EFAULT.exception();
        }
        memory.writeLong(area + RSEQ_CS_AT, 0);
        long rip = task.cpu().get(Register.RIP);
        if (Long.compareUnsigned(rip - start, length) < 0) {
            task.cpu().set(Register.RIP, abort);
        }
    }
}
