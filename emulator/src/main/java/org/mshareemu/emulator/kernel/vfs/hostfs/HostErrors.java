package org.mshareemu.emulator.kernel.vfs.hostfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;

/// What the host said, as an error number. Java has exceptions for some and only text for the rest.
final class HostErrors {
    private static final Map<String, Errno> BY_TEXT =
            Map.ofEntries(
                    Map.entry("Read-only file system", Errno.EROFS),
                    Map.entry("No space left on device", Errno.ENOSPC),
                    Map.entry("Disk quota exceeded", Errno.EDQUOT),
                    Map.entry("Not a directory", Errno.ENOTDIR),
                    Map.entry("Is a directory", Errno.EISDIR),
                    Map.entry("Too many levels of symbolic links", Errno.ELOOP),
                    Map.entry("Operation not permitted", Errno.EPERM),
                    Map.entry("Invalid cross-device link", Errno.EXDEV),
                    Map.entry("File name too long", Errno.ENAMETOOLONG),
                    Map.entry("Device or resource busy", Errno.EBUSY),
                    Map.entry("Text file busy", Errno.ETXTBSY),
                    Map.entry("Too many open files", Errno.ENFILE),
                    Map.entry("Invalid argument", Errno.EINVAL),
                    Map.entry("File too large", Errno.EFBIG),
                    Map.entry("Too many links", Errno.EMLINK));

    private HostErrors() {}

    static ErrnoException of(IOException e) {
        return errno(e).exception();
    }

    static ErrnoException of(InvalidPathException e) {
        return (e.getInput().isEmpty() ? Errno.ENOENT : Errno.EINVAL).exception();
    }

    private static Errno errno(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> Errno.ENOENT;
            case AccessDeniedException _ -> Errno.EACCES;
            case FileAlreadyExistsException _ -> Errno.EEXIST;
            case DirectoryNotEmptyException _ -> Errno.ENOTEMPTY;
            case NotLinkException _ -> Errno.EINVAL;
            case NotDirectoryException _ -> Errno.ENOTDIR;
            case FileSystemLoopException _ -> Errno.ELOOP;
            case FileSystemException f ->
                    BY_TEXT.getOrDefault(String.valueOf(f.getReason()), Errno.EIO);
            default -> BY_TEXT.getOrDefault(String.valueOf(e.getMessage()), Errno.EIO);
        };
    }
}
