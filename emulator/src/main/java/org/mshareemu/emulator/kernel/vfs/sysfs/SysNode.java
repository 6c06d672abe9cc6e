package org.mshareemu.emulator.kernel.vfs.sysfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What stands in the tree, whether it is mounted or not. Linux: struct kernfs_node
sealed interface SysNode {
    /// Inode number.
    long number();

    /// A directory; names are listed in the order in which they were added.
    final class Directory implements SysNode {
        private final long number;
        private final int permissions;
        private final Map<String, SysNode> children = new LinkedHashMap<>();

        Directory(long number, int permissions) {
            this.number = number;
            this.permissions = permissions;
        }

        @Override
        public long number() {
            return number;
        }

        int permissions() {
            return permissions;
        }

        @Nullable SysNode find(String name) {
            return children.get(name);
        }

        List<Map.Entry<String, SysNode>> entries() {
            return new ArrayList<>(children.entrySet());
        }

        void add(String name, SysNode node) {
            if (children.putIfAbsent(name, node) != null) {
                throw new KernelBug("sysfs name added twice: " + name);
            }
        }

        long linkCount() {
            return 2 + children.values().stream().filter(Directory.class::isInstance).count();
        }
    }

    /// An attribute that can be read. Linux: struct attribute
    record Attribute(long number, Supplier<String> text) implements SysNode {}
}
