package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.pseudo.Content;

/// The content of a file below /proc/PID. Writing it is EINVAL, as for any file without the
/// operation. Linux: proc_single_file_operations
class PidContent implements Content {
    private final PidNode node;
    private final Guard guard;
    private final PidEntry.Text text;

    /// Makes the content of one inode.
    @FunctionalInterface
    interface Maker {
        Content make(PidNode node);
    }

    /// What opening asks for beyond the mode.
    enum Guard {
        /// Nothing.
        NONE,
        /// The right to look into the process. Linux: proc_mem_open()
        ACCESS,
        /// That, and memory to look into.
        MEMORY,
        /// Root and mounts to look at. Linux: mounts_open_common()
        MOUNTS
    }

    PidContent(PidNode node, Guard guard, PidEntry.Text text) {
        this.node = node;
        this.guard = guard;
        this.text = text;
    }

    final PidNode node() {
        return node;
    }

    /// @throws ErrnoException ESRCH for a dead process, EACCES for a stranger's, EINVAL
    @Override
    public final void checkOpen(CallerContext caller) throws ErrnoException {
        if (guard == Guard.NONE) {
            return;
        }
        ProcessTask task = node.task();
        switch (guard) {
            case NONE -> {}
            case ACCESS -> ProcAccess.check(task, caller);
            case MEMORY -> {
                ProcAccess.check(task, caller);
                if (task.memory() == null) {
                    throw Errno.ESRCH.exception();
                }
            }
            case MOUNTS -> {
                if (task.fs() == null) {
                    throw Errno.EINVAL.exception();
                }
            }
        }
    }

    @Override
    public byte[] read(CallerContext caller) throws ErrnoException {
        return Content.bytes(text.of(node, node.task(), caller));
    }

    @Override
    public int write(byte[] bytes, long position, CallerContext caller) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /// Content of many lines, handed out in whole lines.
    static final class Lines extends PidContent {
        Lines(PidNode node, Guard guard, PidEntry.Text text) {
            super(node, guard, text);
        }

        @Override
        public Records records() {
            return Records.LINES;
        }
    }

    /// Content that can be written.
    static final class Writable extends PidContent {
        private final Writer writer;

        /// Takes what was written.
        @FunctionalInterface
        interface Writer {
            void write(ProcessTask task, String text, CallerContext caller) throws ErrnoException;
        }

        Writable(PidNode node, PidEntry.Text text, Writer writer) {
            super(node, Guard.NONE, text);
            this.writer = writer;
        }

        @Override
        public int write(byte[] bytes, long position, CallerContext caller) throws ErrnoException {
            String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
            writer.write(node().task(), text, caller);
            return bytes.length;
        }
    }
}
