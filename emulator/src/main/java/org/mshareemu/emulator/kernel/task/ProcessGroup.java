package org.mshareemu.emulator.kernel.task;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// A job: processes that get the terminal's signals together; see setpgid(2). Linux: a struct pid
/// with PIDTYPE_PGID
public final class ProcessGroup {
    private final int id;
    private final Session session;
    private final SequencedSet<TaskGroup> members = new LinkedHashSet<>();

    ProcessGroup(int id, Session session) {
        this.id = id;
        this.session = session;
    }

    /// The number; that of its first process.
    public int id() {
        return id;
    }

    public Session session() {
        return session;
    }

    /// Its processes, zombies included, in the order in which they joined.
    public SequencedSet<TaskGroup> members() {
        return members;
    }
}
