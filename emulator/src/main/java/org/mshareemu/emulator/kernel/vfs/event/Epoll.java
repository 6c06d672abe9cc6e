package org.mshareemu.emulator.kernel.vfs.event;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Poll;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.wait.WaitQueue;
import org.mshareemu.emulator.kernel.wait.Waiter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A set of files and those of them that may be ready. Linux: struct eventpoll
///
/// An item stands in the wait queues of its file as long as it is in the set. When one is woken the
/// item enters the ready list; only waiting looks at the file itself.
public final class Epoll implements FileOperations {
    /// Linux: EP_MAX_NESTS
    private static final int MAX_NESTING = 4;

    /// Bits that are about the item and not events. Linux: EP_PRIVATE_BITS
    private static final int PRIVATE_BITS =
            Poll.EPOLLWAKEUP | Poll.EPOLLONESHOT | Poll.EPOLLET | Poll.EPOLLEXCLUSIVE;

    /// What identifies an item.
    private record Key(OpenFile file, int fd) {}

    /// Takes events as they are found.
    @FunctionalInterface
    public interface Sink {
        /// One event.
        ///
        /// @throws ErrnoException EFAULT; the event stays
        void accept(int events, long data) throws ErrnoException;
    }

    /// Interest in one file. Linux: struct epitem
    private final class Item implements Waiter {
        private final OpenFile file;
        private final int fd;
        private final Runnable whenClosed = this::remove;
        private final List<WaitQueue> stoodIn = new ArrayList<>(2);
        private int events;
        private long data;
        private boolean listed;

        Item(OpenFile file, int fd, int events, long data) {
            this.file = file;
            this.fd = fd;
            this.events = events;
            this.data = data;
        }

        void stand() {
            stand(file.operations().waitQueue(file));
            stand(file.operations().writeQueue(file));
            file.onClose(whenClosed);
        }

        private void stand(@Nullable WaitQueue of) {
            if (of != null && !stoodIn.contains(of)) {
                of.add(this);
                stoodIn.add(of);
            }
        }

        private void remove() {
            for (WaitQueue of : stoodIn) {
                of.remove(this);
            }
            file.forgetOnClose(whenClosed);
            items.remove(new Key(file, fd));
            ready.remove(this);
            listed = false;
        }

        int poll() {
            return file.operations().poll(file) & events;
        }

        boolean isDisabled() {
            return (events & ~PRIVATE_BITS) == 0;
        }

        void list() {
            if (!listed) {
                listed = true;
                ready.add(this);
            }
        }

        @Override
        public void woken(WaitQueue from) {
            if (!isDisabled()) {
                list();
                queue.wakeAll();
            }
        }
    }

    private final Map<Key, Item> items = new LinkedHashMap<>();
    private final ArrayDeque<Item> ready = new ArrayDeque<>();
    private final WaitQueue queue = new WaitQueue();

    /// The instance behind an open file, or null if it is none.
    public static @Nullable Epoll of(OpenFile file) {
        return file.operations() instanceof Epoll epoll ? epoll : null;
    }

    /// Linux: ep_insert()
    ///
    /// @throws ErrnoException EEXIST, ELOOP
    public void add(OpenFile file, int fd, int events, long data) throws ErrnoException {
        if (items.containsKey(new Key(file, fd))) {
            throw Errno.EEXIST.exception();
        }
        Epoll nested = of(file);
        if (nested != null && (nested.contains(this) || nested.depth() >= MAX_NESTING)) {
            throw Errno.ELOOP.exception();
        }
        Item item = new Item(file, fd, events | Poll.POLLERR | Poll.POLLHUP, data);
        items.put(new Key(file, fd), item);
        item.stand();
        listIfReady(item);
    }

    /// Linux: ep_modify()
    ///
    /// @throws ErrnoException ENOENT; EINVAL for an exclusive item
    public void modify(OpenFile file, int fd, int events, long data) throws ErrnoException {
        Item item = find(file, fd);
        if ((item.events & Poll.EPOLLEXCLUSIVE) != 0) {
            throw Errno.EINVAL.exception();
        }
        item.events = events | Poll.POLLERR | Poll.POLLHUP;
        item.data = data;
        listIfReady(item);
    }

    /// Linux: ep_remove()
    ///
    /// @throws ErrnoException ENOENT
    public void delete(OpenFile file, int fd) throws ErrnoException {
        find(file, fd).remove();
    }

    private Item find(OpenFile file, int fd) throws ErrnoException {
        Item item = items.get(new Key(file, fd));
        if (item == null) {
            throw Errno.ENOENT.exception();
        }
        return item;
    }

    private void listIfReady(Item item) {
        if (item.poll() != 0) {
            item.list();
            queue.wakeAll();
        }
    }

    private boolean contains(Epoll wanted) {
        if (this == wanted) {
            return true;
        }
        for (Item item : items.values()) {
            Epoll nested = of(item.file);
            if (nested != null && nested.contains(wanted)) {
                return true;
            }
        }
        return false;
    }

    private int depth() {
        int deepest = 0;
        for (Item item : items.values()) {
            Epoll nested = of(item.file);
            if (nested != null) {
                deepest = Math.max(deepest, nested.depth());
            }
        }
        return deepest + 1;
    }

    /// Hands out what is ready now. Linux: ep_send_events()
    ///
    /// @param limit most events
    /// @return how many there were
    public int collect(int limit, Sink sink) throws ErrnoException {
        int count = 0;
        List<Item> again = new ArrayList<>();
        try {
            while (count < limit && !ready.isEmpty()) {
                Item item = ready.removeFirst();
                item.listed = false;
                int events = item.poll();
                if (events == 0) {
                    continue;
                }
                try {
                    sink.accept(events, item.data);
                } catch (ErrnoException e) {
                    item.listed = true;
                    ready.addFirst(item);
                    if (count > 0) {
                        break;
                    }
                    throw e;
                }
                count++;
                if ((item.events & Poll.EPOLLONESHOT) != 0) {
                    item.events &= PRIVATE_BITS;
                } else if ((item.events & Poll.EPOLLET) == 0) {
                    again.add(item);
                }
            }
        } finally {
            again.forEach(Item::list);
        }
        return count;
    }

    /// Where to wait for something to become ready.
    public WaitQueue queue() {
        return queue;
    }

    /// Linux: ep_eventpoll_poll()
    @Override
    public int poll(OpenFile file) {
        for (Item item : ready) {
            if (item.poll() != 0) {
                return Poll.POLLIN | Poll.POLLRDNORM;
            }
        }
        return 0;
    }

    @Override
    public boolean isPollable() {
        return true;
    }

    @Override
    public WaitQueue waitQueue(OpenFile file) {
        return queue;
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    /// Linux: noop_llseek()
    @Override
    public long llseek(OpenFile file, long offset, int whence) {
        return file.position();
    }

    @Override
    public void release(OpenFile file) {
        List.copyOf(items.values()).forEach(Item::remove);
    }

    @Override
    public boolean movesPosition() {
        return false;
    }

    /// Linux: ep_show_fdinfo()
    @Override
    public String fdinfo(OpenFile file) {
        StringBuilder out = new StringBuilder();
        for (Item item : items.values()) {
            out.append(
                    String.format(
                            java.util.Locale.ROOT,
                            "tfd: %8d events: %8x data: %16x  pos:%d ino:%x sdev:%x\n",
                            item.fd,
                            item.events,
                            item.data,
                            item.file.position(),
                            item.file.inodeNumber(),
                            item.file.deviceNumber()));
        }
        return out.toString();
    }
}
