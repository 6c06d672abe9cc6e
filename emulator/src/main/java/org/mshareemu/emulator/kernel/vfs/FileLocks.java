package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The locks of one inode: flock(2), POSIX record locks and those of open file descriptions.
///
/// Linux: struct file_lock_context
///
/// POSIX locks belong to a [FileTable], the two other kinds to an [OpenFile]. A range is half-open
/// and its end may be [Long#MAX_VALUE], meaning "to the end, however far it moves". Ranges of one
/// owner never touch if they are of one type.
public final class FileLocks {
    /// One lock.
    ///
    /// @param owner a [FileTable] or an [OpenFile]
    /// @param type F_RDLCK or F_WRLCK
    /// @param pid whom F_GETLK names; -1 for locks of open file descriptions
    public record Lock(Object owner, int type, long start, long end, int pid) {
        @SuppressWarnings("ReferenceEquality") // owners are the very objects, whatever they hold
        boolean isOf(Object someone) {
            return owner == someone;
        }

        boolean overlaps(long otherStart, long otherEnd) {
            return start < otherEnd && otherStart < end;
        }
    }

    private final List<Lock> records = new ArrayList<>();
    private final List<Lock> wholeFile = new ArrayList<>();
    private final WaitQueue released = new WaitQueue();

    /// Woken when a lock goes.
    public WaitQueue waitQueue() {
        return released;
    }

    /// The first record lock of somebody else that forbids this one, or null. Linux:
    /// posix_test_lock()
    public @Nullable Lock findConflict(Object owner, int type, long start, long end) {
        return findConflict(records, owner, type, start, end);
    }

    private static @Nullable Lock findConflict(
            List<Lock> locks, Object owner, int type, long start, long end) {
        for (Lock lock : locks) {
            if (!lock.isOf(owner)
                    && lock.overlaps(start, end)
                    && (type == Fcntl.F_WRLCK || lock.type == Fcntl.F_WRLCK)) {
                return lock;
            }
        }
        return null;
    }

    /// Replaces what the owner has in a range, F_UNLCK by nothing; conflicts have been excluded.
    /// Linux: posix_lock_inode()
    public void set(Object owner, int type, long start, long end, int pid) {
        long newStart = start;
        long newEnd = end;
        List<Lock> pieces = new ArrayList<>(2);
        boolean weaker = false;
        for (Iterator<Lock> all = records.iterator(); all.hasNext(); ) {
            Lock lock = all.next();
            if (!lock.isOf(owner)) {
                continue;
            }
            if (lock.type == type && lock.start <= newEnd && newStart <= lock.end) {
                newStart = Math.min(newStart, lock.start);
                newEnd = Math.max(newEnd, lock.end);
                all.remove();
            } else if (lock.overlaps(start, end)) {
                weaker = true;
                all.remove();
                if (lock.start < start) {
                    pieces.add(new Lock(owner, lock.type, lock.start, start, lock.pid));
                }
                if (end < lock.end) {
                    pieces.add(new Lock(owner, lock.type, end, lock.end, lock.pid));
                }
            }
        }
        if (type != Fcntl.F_UNLCK) {
            pieces.add(new Lock(owner, type, newStart, newEnd, pid));
        }
        for (Lock piece : pieces) {
            insert(piece);
        }
        if (weaker) {
            released.wakeAll();
        }
    }

    private void insert(Lock lock) {
        int at = 0;
        while (at < records.size() && records.get(at).start <= lock.start) {
            at++;
        }
        records.add(at, lock);
    }

    /// flock(2): takes or changes the lock of an open file. Linux: flock_lock_inode()
    ///
    /// @param type F_RDLCK, F_WRLCK or F_UNLCK
    /// @return false if somebody else's lock forbids it; a lock held before is lost even then
    public boolean flock(OpenFile file, int type) {
        boolean had = false;
        for (Iterator<Lock> all = wholeFile.iterator(); all.hasNext(); ) {
            Lock lock = all.next();
            if (lock.isOf(file)) {
                if (lock.type == type) {
                    return true;
                }
                all.remove();
                had = true;
            }
        }
        if (had) {
            released.wakeAll();
        }
        if (type == Fcntl.F_UNLCK) {
            return true;
        }
        if (findConflict(wholeFile, file, type, 0, Long.MAX_VALUE) != null) {
            return false;
        }
        wholeFile.add(new Lock(file, type, 0, Long.MAX_VALUE, -1));
        return true;
    }

    /// A process closed a descriptor of this inode: its record locks go. Linux:
    /// locks_remove_posix()
    public void releasePosixOf(FileTable table) {
        if (records.removeIf(lock -> lock.isOf(table))) {
            released.wakeAll();
        }
    }

    /// An open file is gone. Linux: locks_remove_file()
    public void releaseAllOf(OpenFile file) {
        boolean any = records.removeIf(lock -> lock.isOf(file));
        any |= wholeFile.removeIf(lock -> lock.isOf(file));
        if (any) {
            released.wakeAll();
        }
    }

    /// All locks, for /proc/locks: whole-file ones first.
    public List<Lock> all() {
        List<Lock> all = new ArrayList<>(wholeFile);
        all.addAll(records);
        return all;
    }
}
