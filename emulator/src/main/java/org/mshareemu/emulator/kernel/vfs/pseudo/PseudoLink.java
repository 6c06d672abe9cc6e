package org.mshareemu.emulator.kernel.vfs.pseudo;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// A symbolic link whose body may depend on who reads it, as that of /proc/self does.
public final class PseudoLink extends Inode {
    private final Body body;

    /// Says where the link leads.
    @FunctionalInterface
    public interface Body {
        String read(CallerContext caller) throws ErrnoException;
    }

    public PseudoLink(SuperBlock superBlock, long number, Body body) {
        super(superBlock, number, Stat.S_IFLNK | Stat.S_IRWXUGO, 0, 0);
        this.body = body;
    }

    @Override
    public @Nullable FileOperations fileOperations() {
        return null;
    }

    @Override
    public String readlink(CallerContext caller) throws ErrnoException {
        return body.read(caller);
    }
}
