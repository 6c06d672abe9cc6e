package org.mshareemu.emulator.cli;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// `--bind HOST[:GUEST][:rw]`
///
/// @param host path on the host
/// @param guest absolute path in the guest
/// @param isWritable whether the guest may change the host's files
record BindOption(String host, String guest, boolean isWritable) {
    /// @throws CommandFailure if the parts make no sense
    static BindOption parse(String value) throws CommandFailure {
        String paths = value;
        boolean isWritable = false;
        if (paths.endsWith(":rw")) {
            isWritable = true;
            paths = paths.substring(0, paths.length() - 3);
        } else if (paths.endsWith(":ro")) {
            paths = paths.substring(0, paths.length() - 3);
        }
        int colon = paths.indexOf(':');
        String host = colon < 0 ? paths : paths.substring(0, colon);
        String guest = colon < 0 ? "" : paths.substring(colon + 1);
        if (host.isEmpty() || guest.indexOf(':') >= 0) {
            throw CommandFailure.usage(
                    "option --bind needs HOST[:GUEST][:rw], not '" + value + "'");
        }
        if (colon < 0) {
            guest = Path.of(host).toAbsolutePath().normalize().toString();
        }
        if (!guest.startsWith("/")) {
            throw CommandFailure.usage(
                    "option --bind needs an absolute guest path, not '" + guest + "'");
        }
        return new BindOption(host, guest, isWritable);
    }

    /// What follows the bind's guest path in `path`: empty for itself, else beginning with a slash;
    /// null if `path` is not below it.
    @Nullable String below(String path) {
        if (guest.equals("/")) {
            return path;
        }
        boolean isBelow =
                path.startsWith(guest)
                        && (path.length() == guest.length() || path.charAt(guest.length()) == '/');
        return isBelow ? path.substring(guest.length()) : null;
    }
}
