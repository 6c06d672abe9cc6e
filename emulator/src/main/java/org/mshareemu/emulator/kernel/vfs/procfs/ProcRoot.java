package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.Extent;
import org.mshareemu.emulator.kernel.vfs.pseudo.PseudoLink;

import java.util.function.Supplier;

/// The directory /proc: fixed files first, then the processes. Linux: fs/proc/root.c
final class ProcRoot extends ProcDirectory {
    /// Linux: FIRST_PROCESS_ENTRY
    private static final long SELF_POSITION = 256;

    /// Linux: TGID_OFFSET
    private static final long FIRST_PROCESS = SELF_POSITION + 2;

    private final ProcSuperBlock proc;
    private final PseudoLink self;
    private final PseudoLink threadSelf;

    ProcRoot(ProcSuperBlock superBlock) {
        super(superBlock, ProcSuperBlock.ROOT_NUMBER, BY_LENGTH, LinkCount.DIRECTORIES);
        proc = superBlock;
        self =
                new PseudoLink(
                        superBlock,
                        superBlock.nextFixedNumber(),
                        caller -> Integer.toString(caller.task().tgid()));
        threadSelf =
                new PseudoLink(
                        superBlock,
                        superBlock.nextFixedNumber(),
                        caller -> caller.task().tgid() + "/task/" + caller.task().tid());
    }

    /// Puts the fixed names into the directory and into the cache of names, where they stay.
    void fill(Dentry root, SysctlTable settings) {
        root.add("self", self);
        root.add("thread-self", threadSelf);
        link(root, "mounts", "self/mounts");
        SystemTexts system = new SystemTexts(proc);
        file(root, "cmdline", system::commandLine);
        file(root, "cpuinfo", new CpuinfoText(proc.views())::text);
        file(root, "devices", system::devices);
        file(root, "filesystems", system::fileSystems);
        file(root, "loadavg", system::loadAverage);
        file(root, "meminfo", new MeminfoText(proc.views().memory())::text);
        file(root, "stat", system::stat);
        file(root, "swaps", system::swaps);
        file(root, "uptime", system::uptime);
        file(root, "version", system::version);
        file(root, "vmstat", new MeminfoText(proc.views().memory())::vmstat);
        place(root, "sys", settings.directory(proc));
    }

    private void link(Dentry root, String name, String body) {
        PseudoLink link = new PseudoLink(proc, proc.nextFixedNumber(), _ -> body);
        link.setSize(body.length());
        place(root, name, link);
    }

    private void file(Dentry root, String name, Supplier<? extends CharSequence> text) {
        place(root, name, new ProcFile(proc, text));
    }

    private void place(Dentry root, String name, Inode inode) {
        add(name, inode);
        root.add(name, inode);
    }

    @Override
    public boolean isCachingNames() {
        return false;
    }

    /// Linux: proc_root_getattr()
    @Override
    public long linkCount() {
        long processes = 0;
        ProcessView view = proc.views().processes();
        for (int at = view.nextProcess(1); at > 0; at = view.nextProcess(at + 1)) {
            processes++;
        }
        return super.linkCount() + processes;
    }

    /// Linux: proc_pid_lookup()
    @Override
    public Inode lookup(Dentry directory, String name, CallerContext caller) throws ErrnoException {
        int tid = number(name);
        if (tid <= 0) {
            return super.lookup(directory, name, caller);
        }
        return PidDirectory.of(new PidNode(proc, tid, Extent.PROCESS));
    }

    /// A decimal number as the kernel writes it. Linux: name_to_int()
    ///
    /// @return -1 if it is none
    static int number(String name) {
        int length = name.length();
        if (length == 0 || length > 9 || (name.charAt(0) == '0' && length > 1)) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < length; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /// Linux: proc_root_readdir(), proc_pid_readdir()
    @Override
    protected void list(long from, Lister lister, CallerContext caller) throws ErrnoException {
        long[] reached = {from};
        Lister fixed =
                (name, number, type, next) -> {
                    boolean last = next - FIRST == entryCount();
                    long position = last ? SELF_POSITION : next;
                    boolean taken = lister.offer(name, number, type, position);
                    reached[0] = taken ? position : 0;
                    return taken;
                };
        if (from < SELF_POSITION) {
            super.list(from, fixed, caller);
        }
        long at = reached[0];
        if (at == SELF_POSITION) {
            if (!lister.offer("self", self.number(), Stat.S_IFLNK, at + 1)) {
                return;
            }
            at++;
        }
        if (at == SELF_POSITION + 1) {
            if (!lister.offer("thread-self", threadSelf.number(), Stat.S_IFLNK, at + 1)) {
                return;
            }
            at++;
        }
        if (at >= FIRST_PROCESS) {
            listProcesses(at - FIRST_PROCESS, lister);
        }
    }

    private void listProcesses(long from, Lister lister) throws ErrnoException {
        ProcessView view = proc.views().processes();
        int tgid = view.nextProcess((int) Math.min(Math.max(from, 1), Integer.MAX_VALUE));
        while (tgid > 0) {
            long number = new PidNode(proc, tgid, Extent.PROCESS).inodeNumber(0, 0);
            String name = Integer.toString(tgid);
            if (!lister.offer(name, number, Stat.S_IFDIR, tgid + 1 + FIRST_PROCESS)) {
                return;
            }
            tgid = view.nextProcess(tgid + 1);
        }
    }
}
