package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.KernelBug;

/// Root directory, current directory and umask of one or several tasks. Linux: struct fs_struct
///
/// Holds both paths.
public final class FsContext {
    private Path root;
    private Path directory;
    private int umask;
    private int users = 1;

    public FsContext(Path root, Path directory, int umask) {
        this.root = root;
        this.directory = directory;
        this.umask = umask;
        root.acquire();
        directory.acquire();
    }

    /// For a new process without CLONE_FS.
    public FsContext copy() {
        return new FsContext(root, directory, umask);
    }

    /// One more task shares it (CLONE_FS).
    public void acquire() {
        users++;
    }

    public int users() {
        return users;
    }

    public void release() {
        if (--users < 0) {
            throw new KernelBug("fs context released too often");
        }
        if (users == 0) {
            root.release();
            directory.release();
        }
    }

    public Path root() {
        return root;
    }

    public Path directory() {
        return directory;
    }

    /// Linux: set_fs_root()
    public void setRoot(Path newRoot) {
        newRoot.acquire();
        root.release();
        root = newRoot;
    }

    /// Linux: set_fs_pwd()
    public void setDirectory(Path newDirectory) {
        newDirectory.acquire();
        directory.release();
        directory = newDirectory;
    }

    public int umask() {
        return umask;
    }

    public void setUmask(int newUmask) {
        umask = newUmask & 0x1ff;
    }
}
