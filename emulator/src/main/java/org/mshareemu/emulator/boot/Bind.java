package org.mshareemu.emulator.boot;

import java.nio.file.Path;

/// A host file or directory that is shown in the guest.
///
/// @param host what is shown
/// @param guestPath absolute path at which it appears
/// @param access what the guest may do with it
public record Bind(Path host, String guestPath, Access access) {
    /// Rights of the guest.
    public enum Access {
        READ_ONLY,
        READ_WRITE
    }

    public Bind {
        if (!guestPath.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute guest path: " + guestPath);
        }
    }

    /// A host file at its own path, read-only.
    public static Bind readOnly(Path host) {
        Path absolute = host.toAbsolutePath().normalize();
        return new Bind(absolute, absolute.toString(), Access.READ_ONLY);
    }

    /// A host file at a path of choice, read-only.
    public static Bind readOnly(Path host, String guestPath) {
        return new Bind(host.toAbsolutePath().normalize(), guestPath, Access.READ_ONLY);
    }

    /// A host file at a path of choice, which the guest may change.
    public static Bind readWrite(Path host, String guestPath) {
        return new Bind(host.toAbsolutePath().normalize(), guestPath, Access.READ_WRITE);
    }
}
