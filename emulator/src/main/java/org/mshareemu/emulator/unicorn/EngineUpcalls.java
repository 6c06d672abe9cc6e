package org.mshareemu.emulator.unicorn;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/// The addresses the engines call, made once per process; a hook's user data is the index of its
/// engine.
///
/// No method here lets an exception out. They are found by name, see [#stub].
final class EngineUpcalls {
    /// Indexed by user data; replaced, never changed, when an engine comes or goes.
    private static volatile @Nullable Engine[] engines = new Engine[0];

    static final long FILL = stub("onFill");
    static final long INTERRUPT = stub("onInterrupt");
    static final long INVALID_INSTRUCTION = stub("onInvalidInstruction");
    static final long CPUID = stub("onCpuid");
    static final long RDTSC = stub("onRdtsc");
    static final long RDTSCP = stub("onRdtscp");
    static final long IN = stub("onIn");
    static final long OUT = stub("onOut");

    /// Yes to a fill; of other hooks: the engine need not do it itself.
    private static final long HANDLED = 1;

    private EngineUpcalls() {}

    /// Made only when a host without machine-code stops, or a trace, asks for them.
    static final class Slow {
        static final long SYSCALL = stub("onSyscall");
        static final long BLOCK = stub("onBlock");
        static final long CODE = stub("onCode");

        private Slow() {}
    }

    private static long stub(String method) {
        try {
            MethodType type = Unicorn.UPCALL.toMethodType();
            return Unicorn.upcall(
                    MethodHandles.lookup().findStatic(EngineUpcalls.class, method, type));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("upcall " + method, e);
        }
    }

    /// The one place that several machines of a process share, so it is the one place with a lock.
    static synchronized int register(Engine engine) {
        @Nullable Engine[] old = engines;
        int index = 0;
        while (index < old.length && old[index] != null) {
            index++;
        }
        @Nullable Engine[] grown = Arrays.copyOf(old, Math.max(old.length, index + 1));
        grown[index] = engine;
        engines = grown;
        return index;
    }

    static synchronized void unregister(int index) {
        @Nullable Engine[] changed = engines.clone();
        changed[index] = null;
        engines = changed;
    }

    private static Engine engine(long userData) {
        Engine engine = engines[(int) userData];
        if (engine == null) {
            throw new AssertionError("upcall for a closed engine");
        }
        return engine;
    }

    /// `bool fill(uc, uint64_t vaddr, uc_mem_type access, uc_tlb_entry *entry, void *userData)`.
    static long onFill(long uc, long vaddr, long access, long entryAddress, long userData) {
        Engine engine = engine(userData);
        try {
            return engine.fill(vaddr, (int) access, entryAddress) ? HANDLED : 0;
        } catch (Throwable t) {
            engine.fail(t);
            return 0;
        }
    }

    /// `void interrupt(uc, uint32_t vector, void *userData)`.
    static long onInterrupt(long uc, long vector, long userData, long unused3, long unused4) {
        Engine engine = engine(userData);
        try {
            engine.interrupt((int) vector);
        } catch (Throwable t) {
            engine.fail(t);
        }
        return 0;
    }

    /// `bool invalidInstruction(uc, void *userData)`.
    static long onInvalidInstruction(
            long uc, long userData, long unused2, long unused3, long unused4) {
        Engine engine = engine(userData);
        try {
            engine.invalidInstruction();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return HANDLED;
    }

    /// `int cpuid(uc, void *userData)`.
    static long onCpuid(long uc, long userData, long unused2, long unused3, long unused4) {
        Engine engine = engine(userData);
        try {
            engine.cpuid();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return HANDLED;
    }

    /// `int rdtsc(uc, void *userData)`.
    static long onRdtsc(long uc, long userData, long unused2, long unused3, long unused4) {
        Engine engine = engine(userData);
        try {
            engine.timeStamp();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return HANDLED;
    }

    /// `int rdtscp(uc, void *userData)`.
    static long onRdtscp(long uc, long userData, long unused2, long unused3, long unused4) {
        Engine engine = engine(userData);
        try {
            engine.timeStampAux();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return HANDLED;
    }

    /// `uint32_t in(uc, uint32_t port, int size, void *userData)`.
    static long onIn(long uc, long port, long sizeBytes, long userData, long unused4) {
        Engine engine = engine(userData);
        try {
            engine.portAccess((int) port, (int) sizeBytes, false);
        } catch (Throwable t) {
            engine.fail(t);
        }
        return 0;
    }

    /// `void out(uc, uint32_t port, int size, uint32_t value, void *userData)`.
    static long onOut(long uc, long port, long sizeBytes, long value, long userData) {
        Engine engine = engine(userData);
        try {
            engine.portAccess((int) port, (int) sizeBytes, true);
        } catch (Throwable t) {
            engine.fail(t);
        }
        return 0;
    }

    /// `void syscall(uc, void *userData)`.
    static long onSyscall(long uc, long userData, long unused2, long unused3, long unused4) {
        Engine engine = engine(userData);
        try {
            engine.syscall();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return 0;
    }

    /// `void block(uc, uint64_t address, uint32_t size, void *userData)`.
    static long onBlock(long uc, long address, long sizeBytes, long userData, long unused4) {
        Engine engine = engine(userData);
        try {
            engine.block();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return 0;
    }

    /// `void code(uc, uint64_t rip, uint32_t size, void *userData)`.
    static long onCode(long uc, long rip, long sizeBytes, long userData, long unused4) {
        Engine engine = engine(userData);
        try {
            engine.instruction(rip, (int) sizeBytes);
        } catch (Throwable t) {
            engine.fail(t);
        }
        return 0;
    }
}
