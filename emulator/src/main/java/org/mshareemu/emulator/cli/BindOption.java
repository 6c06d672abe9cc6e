package org.mshareemu.emulator.cli;

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
            guest = java.nio.file.Path.of(host).toAbsolutePath().normalize().toString();
        }
        if (!guest.startsWith("/")) {
            throw CommandFailure.usage(
                    "option --bind needs an absolute guest path, not '" + guest + "'");
        }
        return new BindOption(host, guest, isWritable);
    }
}
