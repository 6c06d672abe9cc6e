package org.mshareemu.emulator.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.FunctionDescriptor;
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

    static final long FILL =
            stub(
                    "onFill",
                    FunctionDescriptor.of(
                            JAVA_BOOLEAN, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    static final long INTERRUPT =
            stub("onInterrupt", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_LONG));
    static final long INVALID_INSTRUCTION =
            stub("onInvalidInstruction", FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG, JAVA_LONG));
    static final long CPUID =
            stub("onCpuid", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    static final long RDTSC =
            stub("onRdtsc", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    static final long RDTSCP =
            stub("onRdtscp", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    static final long IN =
            stub("onIn", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    static final long OUT =
            stub(
                    "onOut",
                    FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));

    /// The engine skips its own CPUID or RDTSC when the hook answers this.
    private static final int HANDLED = 1;

    private EngineUpcalls() {}

    /// Made only when a host without machine-code stops, or a trace, asks for them.
    static final class Slow {
        static final long SYSCALL =
                stub("onSyscall", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
        static final long BLOCK =
                stub(
                        "onBlock",
                        FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG));
        static final long CODE =
                stub(
                        "onCode",
                        FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG));

        private Slow() {}
    }

    private static long stub(String method, FunctionDescriptor descriptor) {
        try {
            MethodType type = descriptor.toMethodType();
            return Unicorn.upcall(
                    MethodHandles.lookup().findStatic(EngineUpcalls.class, method, type),
                    descriptor);
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

    static boolean onFill(long uc, long vaddr, int access, long entryAddress, long userData) {
        Engine engine = engine(userData);
        try {
            return engine.fill(vaddr, access, entryAddress);
        } catch (Throwable t) {
            engine.fail(t);
            return false;
        }
    }

    static void onInterrupt(long uc, int vector, long userData) {
        Engine engine = engine(userData);
        try {
            engine.interrupt(vector);
        } catch (Throwable t) {
            engine.fail(t);
        }
    }

    static boolean onInvalidInstruction(long uc, long userData) {
        Engine engine = engine(userData);
        try {
            engine.invalidInstruction();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return true;
    }

    static int onCpuid(long uc, long userData) {
        Engine engine = engine(userData);
        try {
            engine.cpuid();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return HANDLED;
    }

    static int onRdtsc(long uc, long userData) {
        Engine engine = engine(userData);
        try {
            engine.timeStamp();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return HANDLED;
    }

    static int onRdtscp(long uc, long userData) {
        Engine engine = engine(userData);
        try {
            engine.timeStampAux();
        } catch (Throwable t) {
            engine.fail(t);
        }
        return HANDLED;
    }

    static int onIn(long uc, int port, int sizeBytes, long userData) {
        Engine engine = engine(userData);
        try {
            engine.portAccess(port, sizeBytes, false);
        } catch (Throwable t) {
            engine.fail(t);
        }
        return 0;
    }

    static void onOut(long uc, int port, int sizeBytes, int value, long userData) {
        Engine engine = engine(userData);
        try {
            engine.portAccess(port, sizeBytes, true);
        } catch (Throwable t) {
            engine.fail(t);
        }
    }

    static void onSyscall(long uc, long userData) {
        Engine engine = engine(userData);
        try {
            engine.syscall();
        } catch (Throwable t) {
            engine.fail(t);
        }
    }

    static void onBlock(long uc, long address, int sizeBytes, long userData) {
        Engine engine = engine(userData);
        try {
            engine.block();
        } catch (Throwable t) {
            engine.fail(t);
        }
    }

    static void onCode(long uc, long rip, int sizeBytes, long userData) {
        Engine engine = engine(userData);
        try {
            engine.instruction(rip, sizeBytes);
        } catch (Throwable t) {
            engine.fail(t);
        }
    }
}
