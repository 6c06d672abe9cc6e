package org.mshareemu.emulator.kernel.vfs.devfs;

import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.devfs.ConsoleEndpoint.Kind;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The standard streams of the process we are, for machines that pass them through.
public final class HostStreams {
    private HostStreams() {}

    /// Descriptor 0.
    public static ConsoleEndpoint standardInput(HostDoor door) {
        Kind kind = kindOf(0);
        return switch (kind) {
            case NULL_DEVICE -> ConsoleEndpoint.NULL;
            case FILE -> new HostFileEndpoint(new FileInputStream(FileDescriptor.in).getChannel());
            case TERMINAL, PIPE ->
                    new HostInput(kind, new FileInputStream(FileDescriptor.in), door);
        };
    }

    /// Descriptor 1.
    public static ConsoleEndpoint standardOutput() {
        return new HostOutput(outputKind(1), new FileOutputStream(FileDescriptor.out));
    }

    /// Descriptor 2.
    public static ConsoleEndpoint standardError() {
        return new HostOutput(outputKind(2), new FileOutputStream(FileDescriptor.err));
    }

    /// Output to a file is not shown as one: its position belongs to the host.
    private static Kind outputKind(int descriptor) {
        Kind kind = kindOf(descriptor);
        return kind == Kind.FILE ? Kind.PIPE : kind;
    }

    private static Kind kindOf(int descriptor) {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(Path.of("/proc/self/fd/" + descriptor), "unix:mode,rdev");
            int mode = ((Number) attributes.getOrDefault("mode", 0)).intValue();
            long device = ((Number) attributes.getOrDefault("rdev", 0L)).longValue();
            return switch (mode & Stat.S_IFMT) {
                case Stat.S_IFREG -> Kind.FILE;
                case Stat.S_IFCHR -> isNull(device) ? Kind.NULL_DEVICE : Kind.TERMINAL;
                default -> Kind.PIPE;
            };
        } catch (IOException | UnsupportedOperationException _) {
            return Kind.NULL_DEVICE;
        }
    }

    private static boolean isNull(long device) {
        return Stat.major(device) == MemoryDevices.MAJOR;
    }
}
