package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.Path;

/// One name below /proc/PID. Linux: struct pid_entry
///
/// @param name of the entry
/// @param mode type and permissions
/// @param maker makes its inode
record PidEntry(String name, int mode, Maker maker) {
    /// Makes an inode at each lookup.
    @FunctionalInterface
    interface Maker {
        Inode make(PidNode node, ProcessTask task, int mode, long number);
    }

    /// Makes the content of a file from a task that is there.
    @FunctionalInterface
    interface Text {
        CharSequence of(PidNode node, ProcessTask task, CallerContext caller) throws ErrnoException;
    }

    /// Finds where a magic link leads.
    @FunctionalInterface
    interface Target {
        /// The place.
        ///
        /// @throws ErrnoException ENOENT if there is none
        Path of(ProcessTask task) throws ErrnoException;
    }

    boolean isDirectory() {
        return Stat.isDirectory(mode);
    }

    Inode make(PidNode node, ProcessTask task, int slot) {
        return maker.make(node, task, mode, node.inodeNumber(slot, 0));
    }

    /// A readable text; who may open it is said by its mode and `guard`.
    static PidEntry text(String name, int permissions, PidContent.Guard guard, Text text) {
        return file(name, permissions, node -> new PidContent(node, guard, text));
    }

    /// A file with any content.
    static PidEntry file(String name, int permissions, PidContent.Maker contents) {
        return new PidEntry(
                name,
                Stat.S_IFREG | permissions,
                (node, task, mode, number) ->
                        new PidFile(node, task, mode, number, contents.make(node)));
    }

    /// A link that jumps.
    static PidEntry link(String name, Target target) {
        return new PidEntry(
                name,
                Stat.S_IFLNK | Stat.S_IRWXUGO,
                (node, task, mode, number) -> new PidLink(node, task, mode, number, target));
    }
}
