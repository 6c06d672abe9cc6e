package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.util.List;
import java.util.TreeMap;

/// Extended attributes kept in memory: user, trusted and security. Linux: struct simple_xattrs
public final class MemoryAttributes implements ExtendedAttributes {
    /// Access control lists can be asked for; there never are any.
    private static final String ACCESS_LIST = "system.posix_acl_access";

    private static final String DEFAULT_LIST = "system.posix_acl_default";

    private @Nullable TreeMap<String, byte[]> values;

    @Override
    public byte @Nullable [] get(String name) throws ErrnoException {
        if (name.equals(ACCESS_LIST) || name.equals(DEFAULT_LIST)) {
            return null;
        }
        checkSpace(name);
        TreeMap<String, byte[]> known = values;
        return known == null ? null : known.get(name);
    }

    @Override
    public void set(String name, byte @Nullable [] value) throws ErrnoException {
        checkSpace(name);
        TreeMap<String, byte[]> known = values;
        if (known == null) {
            known = new TreeMap<>();
            values = known;
        }
        if (value == null) {
            known.remove(name);
        } else {
            known.put(name, value);
        }
    }

    @Override
    public List<String> names() {
        TreeMap<String, byte[]> known = values;
        return known == null ? List.of() : List.copyOf(known.keySet());
    }

    private static void checkSpace(String name) throws ErrnoException {
        if (!name.startsWith("user.")
                && !name.startsWith("trusted.")
                && !name.startsWith("security.")) {
            throw Errno.EOPNOTSUPP.exception();
        }
    }
}
