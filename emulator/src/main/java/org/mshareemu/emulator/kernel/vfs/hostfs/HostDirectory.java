package org.mshareemu.emulator.kernel.vfs.hostfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.DirectoryEntry;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.ListedDirectory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A directory of the host.
final class HostDirectory extends HostInode implements ListedDirectory {
    HostDirectory(
            HostSuperBlock host,
            HostAttributes attributes,
            @Nullable HostDirectory parent,
            String name) {
        super(host, attributes, parent, name);
    }

    /// The path of this directory, checked all the way down.
    Path verifiedDirectory() throws ErrnoException {
        return verifiedOwnPath();
    }

    @Override
    public FileOperations fileOperations() {
        return ListedDirectory.OPERATIONS;
    }

    @Override
    public @Nullable Inode lookup(Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        try {
            return found(HostNames.resolve(hostPath(), name), name);
        } catch (InvalidPathException _) {
            return null;
        }
    }

    private @Nullable Inode found(Path path, String name) throws ErrnoException {
        try {
            return host().inode(HostAttributes.read(path), this, name);
        } catch (IOException e) {
            ErrnoException errno = HostErrors.of(e);
            if (errno.errno() == Errno.ENOENT) {
                return null;
            }
            throw errno;
        }
    }

    /// The host's order of entries is not the same everywhere: by name it is.
    @Override
    public List<DirectoryEntry> list(Dentry directory, CallerContext caller) throws ErrnoException {
        List<DirectoryEntry> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(verifiedDirectory())) {
            for (Path path : stream) {
                addEntry(entries, path);
            }
        } catch (DirectoryIteratorException e) {
            IOException cause = e.getCause();
            throw (cause == null ? Errno.EIO.exception() : HostErrors.of(cause));
        } catch (IOException e) {
            throw HostErrors.of(e);
        }
        entries.sort(Comparator.comparing(DirectoryEntry::name));
        return entries;
    }

    private static void addEntry(List<DirectoryEntry> entries, Path path) {
        try {
            HostAttributes attributes = HostAttributes.read(path);
            entries.add(
                    new DirectoryEntry(
                            HostNames.lastName(path),
                            attributes.key().inodeNumber(),
                            Stat.directoryType(attributes.mode())));
        } catch (IOException _) {
            // the entry went while the directory was being read
        }
    }

    private interface Change {
        void run(Path path) throws IOException;
    }

    /// Changes an entry of this directory on the host.
    private void change(String name, Change change) throws ErrnoException {
        try {
            change.run(HostNames.resolve(verifiedDirectory(), name));
        } catch (IOException e) {
            throw HostErrors.of(e);
        } catch (InvalidPathException e) {
            throw HostErrors.of(e);
        }
    }

    private Inode made(String name, int permissions) throws ErrnoException {
        change(name, path -> Files.setAttribute(path, "unix:mode", permissions));
        Inode inode = found(HostNames.resolve(hostPath(), name), name);
        if (inode == null) {
            throw Errno.EIO.exception();
        }
        return inode;
    }

    @Override
    public Inode create(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        change(
                name,
                path ->
                        FileChannel.open(
                                        path,
                                        StandardOpenOption.CREATE_NEW,
                                        StandardOpenOption.WRITE)
                                .close());
        return made(name, fullMode & Stat.S_IALLUGO);
    }

    @Override
    public Inode mkdir(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        change(name, Files::createDirectory);
        return made(name, fullMode & Stat.S_IALLUGO);
    }

    @Override
    public Inode symlink(Dentry directory, String name, String target, CallerContext caller)
            throws ErrnoException {
        change(name, path -> Files.createSymbolicLink(path, Path.of(target)));
        Inode inode = found(HostNames.resolve(hostPath(), name), name);
        if (inode == null) {
            throw Errno.EIO.exception();
        }
        return inode;
    }

    @Override
    public void link(Dentry target, Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        Path existing = ((HostInode) target.inode()).verifiedOwnPath();
        change(name, path -> Files.createLink(path, existing));
    }

    @Override
    public void unlink(Dentry victim, CallerContext caller) throws ErrnoException {
        change(victim.name(), Files::delete);
    }

    @Override
    public void rmdir(Dentry victim, CallerContext caller) throws ErrnoException {
        change(victim.name(), Files::delete);
    }

    @Override
    public void rename(
            Dentry source,
            Dentry newDirectory,
            String newName,
            @Nullable Dentry target,
            int flags,
            CallerContext caller)
            throws ErrnoException {
        if ((flags & ~Fcntl.RENAME_NOREPLACE) != 0) {
            throw Errno.EINVAL.exception();
        }
        HostDirectory to = (HostDirectory) newDirectory.inode();
        Path from = HostNames.resolve(verifiedDirectory(), source.name());
        to.change(newName, path -> Files.move(from, path, StandardCopyOption.ATOMIC_MOVE));
        ((HostInode) source.inode()).locate(to, newName);
    }
}
