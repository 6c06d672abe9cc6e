package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

import java.util.ArrayList;
import java.util.List;

/// A caller whose memory is an array.
public final class TestCaller implements CallerContext, TaskRef {
    private Credentials credentials = Credentials.ROOT;
    private final ResourceLimits limits = new ResourceLimits();
    private final ArrayMemory memory = new ArrayMemory(1 << 20);
    private final FileTable files = new FileTable();
    private final List<Integer> signals = new ArrayList<>();
    private @Nullable FsContext fs;

    public void become(Credentials who) {
        credentials = who;
    }

    void setFs(@Nullable FsContext newFs) {
        fs = newFs;
    }

    @Nullable FsContext fsOrNull() {
        return fs;
    }

    /// Signals sent so far.
    public List<Integer> signals() {
        return signals;
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public ResourceLimits limits() {
        return limits;
    }

    @Override
    public UserMemory memory() {
        return memory;
    }

    @Override
    public AddressSpace space() {
        throw new UnsupportedOperationException("no address space");
    }

    @Override
    public TaskRef task() {
        return this;
    }

    @Override
    public FileTable files() {
        return files;
    }

    @Override
    public FsContext fs() {
        return VfsFixture.known(fs);
    }

    @Override
    public void sendSignal(int signo) {
        signals.add(signo);
    }

    @Override
    public int tid() {
        return 1;
    }

    @Override
    public int tgid() {
        return 1;
    }
}
