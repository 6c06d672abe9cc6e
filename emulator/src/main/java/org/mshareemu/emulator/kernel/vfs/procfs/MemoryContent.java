package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.procfs.PidContent.Guard;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory.MemoryLayout;
import org.mshareemu.emulator.kernel.vfs.pseudo.Content;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Files that show bytes of the process's own memory: arguments, environment and auxiliary vector.
///
/// Linux: get_mm_cmdline(), environ_read(), auxv_read()
final class MemoryContent implements Content {
    private static final int PAGE_BYTES = 4096;

    /// More than exec lets arguments and environment be.
    private static final long LIMIT_BYTES = 8 << 20;

    private final PidContent guarded;
    private final Bytes bytes;

    /// Takes bytes out of an address space.
    @FunctionalInterface
    private interface Bytes {
        byte[] of(ProcessMemory memory);
    }

    private MemoryContent(PidNode node, Guard guard, Bytes bytes) {
        this.guarded = new PidContent(node, guard, (_, _, _) -> "");
        this.bytes = bytes;
    }

    static Content commandLine(PidNode node) {
        return new MemoryContent(node, Guard.NONE, MemoryContent::commandLine);
    }

    static Content environment(PidNode node) {
        return new MemoryContent(
                node,
                Guard.MEMORY,
                memory -> range(memory, memory.layout().envStart(), memory.layout().envEnd()));
    }

    static Content auxiliaryVector(PidNode node) {
        return new MemoryContent(node, Guard.MEMORY, ProcessMemory::auxiliaryVector);
    }

    @Override
    public void checkOpen(CallerContext caller) throws ErrnoException {
        guarded.checkOpen(caller);
    }

    @Override
    public Ending ending() {
        return Ending.INODE_SIZE;
    }

    @Override
    public byte[] read(CallerContext caller) throws ErrnoException {
        ProcessMemory memory = guarded.node().task().memory();
        return memory == null ? new byte[0] : bytes.of(memory);
    }

    @Override
    public int write(byte[] written, long position, CallerContext caller) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /// The arguments as they are now. A program that overwrote the last NUL has set a title, which
    /// may run on into the environment.
    private static byte[] commandLine(ProcessMemory memory) {
        MemoryLayout layout = memory.layout();
        byte[] arguments = range(memory, layout.argStart(), layout.argEnd());
        if (arguments.length == 0 || arguments[arguments.length - 1] == 0) {
            return arguments;
        }
        boolean adjoining = layout.envStart() == layout.argEnd();
        long end = adjoining ? layout.envEnd() : layout.argEnd();
        long limit = Math.min(end, layout.argStart() + PAGE_BYTES);
        byte[] title = range(memory, layout.argStart(), limit);
        int length = 0;
        while (length < title.length && title[length] != 0) {
            length++;
        }
        return Arrays.copyOf(title, length);
    }

    /// What can be read of a range, from its start.
    private static byte[] range(ProcessMemory memory, long start, long end) {
        if (end <= start) {
            return new byte[0];
        }
        UserMemory user = memory.user();
        byte[] all = new byte[(int) Math.min(end - start, LIMIT_BYTES)];
        int read = user.readPartly(start, MemorySegment.ofArray(all), 0, all.length);
        return read == all.length ? all : Arrays.copyOf(all, read);
    }
}
