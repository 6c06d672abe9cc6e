package org.mshareemu.emulator.kernel.vfs.pipe;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.MemoryDirectory;
import org.mshareemu.emulator.kernel.vfs.Mount;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;

/// Makes pipes without a name. Linux: do_pipe2(), pipefs
public final class Pipes {
    /// The two ends of a new pipe, each with one holder.
    public record Ends(OpenFile reader, OpenFile writer) {}

    private final Vfs vfs;
    private @Nullable Mount mount;

    /// Also tells the file side how FIFOs are opened.
    public Pipes(Vfs vfs) {
        this.vfs = vfs;
        vfs.setFifoOperations(PipeOperations.FIFO);
    }

    /// A new pipe.
    ///
    /// @param flags O_NONBLOCK and O_DIRECT count
    public Ends create(int flags, CallerContext caller) throws ErrnoException {
        Mount pipes = mount();
        Inode inode = new PipeInode(pipes.superBlock(), caller.credentials());
        int both = flags & (Fcntl.O_NONBLOCK | Fcntl.O_DIRECT);
        String name = "pipe:[" + inode.number() + "]";
        OpenFile writer =
                vfs.anonymousFiles()
                        .open(
                                pipes,
                                name,
                                inode,
                                PipeOperations.PIPE,
                                null,
                                Fcntl.O_WRONLY | both,
                                caller);
        OpenFile reader =
                vfs.anonymousFiles()
                        .open(
                                pipes,
                                name,
                                inode,
                                PipeOperations.PIPE,
                                null,
                                flags & Fcntl.O_NONBLOCK,
                                caller);
        return new Ends(reader, writer);
    }

    private Mount mount() {
        Mount known = mount;
        if (known == null) {
            known = vfs.namespace().internalMount(new PipeSuperBlock(vfs), "pipefs");
            mount = known;
        }
        return known;
    }

    private static final class PipeSuperBlock extends SuperBlock {
        PipeSuperBlock(Vfs vfs) {
            super(vfs, "pipefs", MountFlags.PIPEFS_MAGIC, 0);
            setRoot(new MemoryDirectory(this, vfs.nextInodeNumber(), Stat.S_IFDIR, 0, 0));
        }

        @Override
        public String dynamicName(Dentry dentry) {
            return dentry.name();
        }
    }

    private static final class PipeInode extends Inode {
        PipeInode(SuperBlock superBlock, Credentials who) {
            super(
                    superBlock,
                    superBlock.vfs().nextInodeNumber(),
                    Stat.S_IFIFO | 0x180,
                    who.fsuid(),
                    who.fsgid());
        }

        @Override
        public FileOperations fileOperations() {
            return PipeOperations.PIPE;
        }
    }
}
