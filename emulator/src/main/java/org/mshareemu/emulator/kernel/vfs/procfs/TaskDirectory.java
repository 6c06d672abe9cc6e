package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.Extent;
import org.mshareemu.emulator.kernel.vfs.pseudo.ListedDirectory;

import java.util.List;

/// /proc/PID/task: the threads of a process. Linux: proc_task_lookup(), proc_task_readdir()
final class TaskDirectory extends ListedDirectory {
    private final PidNode node;

    TaskDirectory(PidNode node, ProcessTask task, int mode, long number) {
        super(node.superBlock(), number, mode & Stat.S_IALLUGO, node.uid(task), node.gid(task), 2);
        this.node = node;
        long start = node.startRealtimeNanos(task);
        setTimes(start, start, start);
    }

    @Override
    public boolean isCachingNames() {
        return false;
    }

    /// Linux: proc_task_getattr()
    @Override
    public long linkCount() {
        ProcessTask task = node.find();
        return 2L + (task == null ? 0 : task.threads().size());
    }

    @Override
    public Inode lookup(Dentry directory, String name, CallerContext caller) throws ErrnoException {
        ProcessTask process = node.named();
        int tid = ProcRoot.number(name);
        PidNode thread = new PidNode(node.superBlock(), tid, Extent.THREAD);
        ProcessTask found = tid <= 0 ? null : thread.find();
        if (found == null || found.ids().tgid() != process.ids().tgid()) {
            throw Errno.ENOENT.exception();
        }
        return PidDirectory.of(thread);
    }

    @Override
    protected void list(long from, Lister lister, CallerContext caller) throws ErrnoException {
        List<Integer> threads = node.named().threads();
        for (int at = (int) (from - FIRST); at < threads.size(); at++) {
            int tid = threads.get(at);
            PidNode thread = new PidNode(node.superBlock(), tid, Extent.THREAD);
            long number = thread.inodeNumber(0, 0);
            if (!lister.offer(Integer.toString(tid), number, Stat.S_IFDIR, FIRST + at + 1)) {
                return;
            }
        }
    }
}
