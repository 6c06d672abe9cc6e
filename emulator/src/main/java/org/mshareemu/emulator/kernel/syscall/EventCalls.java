package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.Poll.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.FileTable.OnExec;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Vfs;
import org.mshareemu.emulator.kernel.vfs.event.Epoll;
import org.mshareemu.emulator.kernel.vfs.event.EventFd;

/// eventfd and epoll. Linux: fs/eventfd.c, fs/eventpoll.c
public final class EventCalls {
    private static final int EFD_SEMAPHORE = 1;
    private static final int EVENT_BYTES = 12;
    private static final int MAX_EVENTS = Integer.MAX_VALUE / EVENT_BYTES;
    private static final int EXCLUSIVE_OK =
            EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE | POLLIN | POLLOUT | POLLERR | POLLHUP;
    private static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final Vfs vfs;

    public EventCalls(Kernel kernel) {
        this.vfs = kernel.vfs();
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_eventfd, (task, a) -> eventfd2(task, a.i0(), 0));
        table.row(NR_eventfd2, (task, a) -> eventfd2(task, a.i0(), a.i1()));
        table.row(NR_epoll_create, (task, a) -> epollCreate(task, a.i0()));
        table.row(NR_epoll_create1, (task, a) -> epollCreate1(task, a.i0()));
        table.row(NR_epoll_ctl, (task, a) -> epollCtl(task, a.i0(), a.i1(), a.i2(), a.a3()));
        table.row(
                NR_epoll_wait,
                (task, a) -> epollWait(task, a.i0(), a.a1(), a.i2(), millis(task, a.i3())));
        table.row(
                NR_epoll_pwait,
                (task, a) ->
                        epollPwait(
                                task,
                                a.i0(),
                                a.a1(),
                                a.i2(),
                                millis(task, a.i3()),
                                a.a4(),
                                a.a5()));
        table.row(
                NR_epoll_pwait2,
                (task, a) ->
                        epollPwait(
                                task,
                                a.i0(),
                                a.a1(),
                                a.i2(),
                                PollTimeout.timespec(task, a.a3()).deadlineNanos(),
                                a.a4(),
                                a.a5()));
    }

    /// Puts a new file over the shared anonymous inode in the caller's table. Linux:
    /// anon_inode_getfd()
    static long install(
            Vfs vfs, Task task, String name, FileOperations operations, int flags, int onExecFlags)
            throws ErrnoException {
        OnExec onExec = OnExec.of(onExecFlags, O_CLOEXEC);
        int fd = task.files().reserve(0, onExec, OpenCalls.descriptorLimit(task));
        try {
            task.files()
                    .install(
                            fd,
                            vfs.anonymousFiles()
                                    .create(name, operations, null, flags, task.caller()));
            return fd;
        } catch (ErrnoException e) {
            task.files().unreserve(fd);
            throw e;
        }
    }

    private long eventfd2(Task task, int initial, int flags) throws ErrnoException {
        if ((flags & ~(EFD_SEMAPHORE | O_CLOEXEC | O_NONBLOCK)) != 0) {
            throw Errno.EINVAL.exception();
        }
        EventFd.Mode mode =
                (flags & EFD_SEMAPHORE) != 0 ? EventFd.Mode.SEMAPHORE : EventFd.Mode.COUNTER;
        EventFd event = new EventFd(mode, Integer.toUnsignedLong(initial));
        return install(vfs, task, "[eventfd]", event, O_RDWR | (flags & O_NONBLOCK), flags);
    }

    private long epollCreate(Task task, int size) throws ErrnoException {
        if (size <= 0) {
            throw Errno.EINVAL.exception();
        }
        return epollCreate1(task, 0);
    }

    private long epollCreate1(Task task, int flags) throws ErrnoException {
        if ((flags & ~O_CLOEXEC) != 0) {
            throw Errno.EINVAL.exception();
        }
        return install(vfs, task, "[eventpoll]", new Epoll(), O_RDWR, flags);
    }

    /// Linux: do_epoll_ctl()
    private static long epollCtl(Task task, int epfd, int operation, int fd, long eventVaddr)
            throws ErrnoException {
        int events = 0;
        long data = 0;
        if (operation != EPOLL_CTL_DEL) {
            events = task.memory().readInt(eventVaddr);
            data = task.memory().readLong(eventVaddr + 4);
        }
        OpenFile file = task.files().get(epfd);
        OpenFile target = task.files().get(fd);
        if (!target.operations().isPollable()) {
            throw Errno.EPERM.exception();
        }
        events &= ~EPOLLWAKEUP;
        Epoll epoll = Epoll.of(file);
        if (epoll == null || file.equals(target)) {
            throw Errno.EINVAL.exception();
        }
        if (operation != EPOLL_CTL_DEL && (events & EPOLLEXCLUSIVE) != 0) {
            boolean addsPlainFile = operation == EPOLL_CTL_ADD && Epoll.of(target) == null;
            if (!addsPlainFile || (events & ~EXCLUSIVE_OK) != 0) {
                throw Errno.EINVAL.exception();
            }
        }
        switch (operation) {
            case EPOLL_CTL_ADD -> epoll.add(target, fd, events, data);
            case EPOLL_CTL_MOD -> epoll.modify(target, fd, events, data);
            case EPOLL_CTL_DEL -> epoll.delete(target, fd);
            default -> throw Errno.EINVAL.exception();
        }
        return 0;
    }

    private static long millis(Task task, int timeoutMillis) {
        return timeoutMillis < 0 ? NO_DEADLINE : task.deadline(timeoutMillis * NANOS_PER_MILLI);
    }

    private static long epollPwait(
            Task task, int epfd, long events, int limit, long deadline, long mask, long maskBytes)
            throws ErrnoException, BlockedException {
        PollTimeout.blockSignals(task, mask, maskBytes);
        try {
            long count = epollWait(task, epfd, events, limit, deadline);
            task.restoreBlocked();
            return count;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINTR) {
                task.restoreBlocked();
            }
            throw e;
        }
    }

    /// Linux: do_epoll_wait()
    private static long epollWait(Task task, int epfd, long events, int limit, long deadline)
            throws ErrnoException, BlockedException {
        if (limit <= 0 || limit > MAX_EVENTS) {
            throw Errno.EINVAL.exception();
        }
        OpenFile file = task.files().get(epfd);
        Epoll epoll = Epoll.of(file);
        if (epoll == null) {
            throw Errno.EINVAL.exception();
        }
        UserMemory memory = task.memory();
        EventWriter writer = new EventWriter(memory, events);
        int count = epoll.collect(limit, writer);
        if (count > 0 || task.kernel().clock().monotonicNanos() >= deadline) {
            return count;
        }
        throw task.waitUntil(deadline, Errno.EINTR, epoll.queue());
    }

    /// Lays out struct epoll_event, which is packed on x86-64.
    private static final class EventWriter implements Epoll.Sink {
        private final UserMemory memory;
        private long vaddr;

        EventWriter(UserMemory memory, long vaddr) {
            this.memory = memory;
            this.vaddr = vaddr;
        }

        @Override
        public void accept(int events, long data) throws ErrnoException {
            memory.writeInt(vaddr, events);
            memory.writeLong(vaddr + 4, data);
            vaddr += EVENT_BYTES;
        }
    }
}
