package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;

/// All tasks, processes, process groups and sessions by number. A number stays taken while anything
/// still carries it. Linux: the pid namespace's idr
public final class TaskTable {
    /// First number not given out. Linux: PID_MAX_LIMIT on 64-bit machines, the default of big ones
    public static final int PID_LIMIT = 4_194_304;

    /// After the numbers ran out once, low ones are left alone. Linux: RESERVED_PIDS
    private static final int FIRST_AFTER_WRAP = 300;

    private final TreeMap<Integer, Task> tasks = new TreeMap<>();
    private final TreeMap<Integer, TaskGroup> groups = new TreeMap<>();
    private final TreeMap<Integer, ProcessGroup> processGroups = new TreeMap<>();
    private final TreeMap<Integer, Session> sessions = new TreeMap<>();
    private int last;
    private int created;

    /// Takes the next free number. Linux: alloc_pid()
    ///
    /// @throws ErrnoException EAGAIN if all are taken
    int allocateId() throws ErrnoException {
        for (int tries = 0; tries < PID_LIMIT; tries++) {
            last = last + 1 < PID_LIMIT ? last + 1 : FIRST_AFTER_WRAP;
            if (!isTaken(last)) {
                created++;
                return last;
            }
        }
        throw Errno.EAGAIN.exception();
    }

    private boolean isTaken(int id) {
        return tasks.containsKey(id)
                || groups.containsKey(id)
                || processGroups.containsKey(id)
                || sessions.containsKey(id);
    }

    /// The number given out last, as /proc/loadavg shows it.
    public int lastId() {
        return last;
    }

    /// Tasks made since boot, as /proc/stat shows them.
    public int createdCount() {
        return created;
    }

    void add(Task task) {
        tasks.put(task.tid(), task);
    }

    void remove(Task task) {
        tasks.remove(task.tid(), task);
    }

    void add(TaskGroup group) {
        groups.put(group.tgid(), group);
    }

    void remove(TaskGroup group) {
        groups.remove(group.tgid(), group);
    }

    /// The task of a number, zombies included, or null. Linux: find_task_by_vpid()
    public @Nullable Task find(int tid) {
        return tasks.get(tid);
    }

    /// The process of a number, zombies included, or null; init is found too.
    public @Nullable TaskGroup findGroup(int tgid) {
        return groups.get(tgid);
    }

    /// Processes by number, init and zombies included.
    public Collection<TaskGroup> groups() {
        return Collections.unmodifiableCollection(groups.values());
    }

    /// A copy of [#groups] for loops that may end some.
    TaskGroup[] groupsNow() {
        return groups.values().toArray(TaskGroup[]::new);
    }

    /// All tasks by number, zombies included.
    public Collection<Task> tasks() {
        return Collections.unmodifiableCollection(tasks.values());
    }

    /// The process group of a number, or null.
    public @Nullable ProcessGroup findProcessGroup(int id) {
        return processGroups.get(id);
    }

    /// Makes a session with its first process group, both with the number of a process.
    ProcessGroup newSession(int id) {
        Session session = new Session(id);
        sessions.put(id, session);
        return newProcessGroup(id, session);
    }

    ProcessGroup newProcessGroup(int id, Session session) {
        ProcessGroup group = new ProcessGroup(id, session);
        processGroups.put(id, group);
        session.groupAdded();
        return group;
    }

    /// Forgets a process group, and its session, if nobody is left in it.
    void releaseIfEmpty(ProcessGroup group) {
        if (group.members().isEmpty() && processGroups.remove(group.id(), group)) {
            Session session = group.session();
            session.groupRemoved();
            if (session.isEmpty()) {
                sessions.remove(session.id(), session);
            }
        }
    }
}
