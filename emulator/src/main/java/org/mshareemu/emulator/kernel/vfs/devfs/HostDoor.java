package org.mshareemu.emulator.kernel.vfs.devfs;

/// How a reader thread of the host reaches the machine's own thread.
public interface HostDoor {
    /// Has something done on the machine's thread; called from any thread.
    void post(Runnable event);

    /// While input may come, a machine in which everybody sleeps waits for it.
    void addSource();

    /// Takes back one [#addSource].
    void removeSource();
}
