package org.mshareemu.emulator.cpu;

import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameWriteListener;
import org.mshareemu.mmu.phys.PhysicalMemory;
import org.mshareemu.mmu.tlb.TlbInvalidator;

import java.util.ArrayList;
import java.util.List;

/// All vCPUs of a machine, over one physical memory and on one host thread: guest atomics are
/// atomic only because no two of them ever run at the same time.
///
/// Each has a TLB of its own, so a flush that the kernel forgets is felt as on real processors.
public final class Cpus implements TlbInvalidator, FrameWriteListener, AutoCloseable {
    private final FrameTable frames;
    private final List<Vcpu> vcpus;
    private boolean running;

    private Cpus(
            CpuConfig config,
            PhysicalMemory memory,
            FrameTable frames,
            TrapHandler handler,
            ClockSource clock) {
        this.frames = frames;
        this.vcpus = new ArrayList<>(config.count());
        PageWalker walker = new PageWalker(memory, PagingControls.LINUX);
        try {
            for (int index = 0; index < config.count(); index++) {
                vcpus.add(new Vcpu(index, this, config, memory, frames, walker, handler, clock));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        frames.setWriteListener(this);
    }

    /// Opens the vCPUs and listens to host writes to frames. Close them before the memory.
    ///
    /// @throws org.mshareemu.emulator.unicorn.UnsupportedEngineException if there is no engine that
    ///   works
    public static Cpus open(
            CpuConfig config,
            PhysicalMemory memory,
            FrameTable frames,
            TrapHandler handler,
            ClockSource clock) {
        return new Cpus(config, memory, frames, handler, clock);
    }

    public int count() {
        return vcpus.size();
    }

    public Vcpu get(int index) {
        return vcpus.get(index);
    }

    @Override
    public void flushAddressSpace(long root) {
        for (int i = 0; i < vcpus.size(); i++) {
            Vcpu vcpu = vcpus.get(i);
            if (vcpu.loadedRoot() == root) {
                vcpu.requestFlush();
            }
        }
    }

    @Override
    public void flushAll() {
        for (int i = 0; i < vcpus.size(); i++) {
            vcpus.get(i).requestFlush();
        }
    }

    /// Drops the frame's translated code from every engine; then the frame is written by the host
    /// or through a new TLB entry.
    @Override
    public void frameWritten(long pfn) {
        for (int i = 0; i < vcpus.size(); i++) {
            vcpus.get(i).dropCode(pfn);
        }
        frames.clearFlags(pfn, FrameTable.EXECUTED);
    }

    /// Guest atomics are plain loads and stores in the engine, so two vCPUs at once would lose
    /// updates.
    void beginRun() {
        if (running) {
            throw new IllegalStateException("a vCPU of this machine is running already");
        }
        running = true;
    }

    void endRun() {
        running = false;
    }

    /// Takes writable entries of the frame out of every TLB: of the running vCPU at once, of the
    /// others before they run again.
    void revokeWrites(Vcpu running, long pfn) {
        for (int i = 0; i < vcpus.size(); i++) {
            vcpus.get(i).requestFlush();
        }
        running.flushIfPending();
        frames.clearFlags(pfn, FrameTable.WRITE_GRANTED);
    }

    @Override
    public void close() {
        if (running) {
            throw new IllegalStateException("vCPUs closed during a run");
        }
        frames.setWriteListener(null);
        for (Vcpu vcpu : vcpus) {
            vcpu.close();
        }
    }
}
