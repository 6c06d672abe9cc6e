package org.mshareemu.emulator.cli;

import java.util.ArrayList;
import java.util.List;

/// Puts environment entries together as env(1) does: a later entry replaces an earlier one of the
/// same name in its place.
final class Environment {
    private Environment() {}

    /// @throws CommandFailure if an entry has no name
    static List<String> merge(List<String> base, List<String> added) throws CommandFailure {
        List<String> merged = new ArrayList<>(base);
        for (String entry : added) {
            int nameEnd = entry.indexOf('=');
            if (nameEnd < 1) {
                throw CommandFailure.usage("option --env needs NAME=VALUE, not '" + entry + "'");
            }
            String prefix = entry.substring(0, nameEnd + 1);
            int at = 0;
            while (at < merged.size() && !merged.get(at).startsWith(prefix)) {
                at++;
            }
            if (at < merged.size()) {
                merged.set(at, entry);
            } else {
                merged.add(entry);
            }
        }
        return List.copyOf(merged);
    }
}
