package org.mshareemu.emulator.observe;

import org.mshareemu.emulator.kernel.abi.Signals;

import java.util.HashMap;
import java.util.Map;

/// The kinds of arguments that signatures name. A kind that ends in `>` is filled in by the kernel
/// and shown only when the call has returned.
final class ArgumentDecoders {
    /// O_CREAT | O_TMPFILE without O_DIRECTORY: open takes a mode.
    private static final long TAKES_MODE = 0100 | 020000000;

    private static final int AT_FDCWD = -100;
    private static final int PATH_MAX = 4096;

    private static final Map<String, ArgumentDecoder> KINDS = new HashMap<>();

    static {
        numbers();
        strings();
        flags();
        StructDecoders.addTo(KINDS);
    }

    private ArgumentDecoders() {}

    /// @param kind a kind's name, perhaps with `:N`, the index of the argument that holds its
    ///   length
    static ArgumentDecoder of(String kind) {
        int colon = kind.indexOf(':');
        if (colon >= 0) {
            return withLength(kind.substring(0, colon), kind.substring(colon + 1));
        }
        ArgumentDecoder decoder = KINDS.get(kind);
        if (decoder == null) {
            throw new IllegalArgumentException("no kind of argument is called " + kind);
        }
        return decoder;
    }

    private static ArgumentDecoder withLength(String kind, String lengthWord) {
        boolean isResult = lengthWord.equals("ret");
        int lengthIndex = isResult ? -1 : Integer.parseInt(lengthWord);
        return switch (kind) {
            case "data", "data>" ->
                    (out, call, i) -> {
                        if (isResult && call.hasFailed()) {
                            pointer(out, call.arguments[i]);
                        } else {
                            data(
                                    out,
                                    call,
                                    i,
                                    isResult ? call.result : call.arguments[lengthIndex]);
                        }
                    };
            case "iovec" ->
                    (out, call, i) ->
                            StructDecoders.iovec(
                                    out, call, i, call.arguments[lengthIndex], Long.MAX_VALUE);
            case "iovec>" ->
                    (out, call, i) ->
                            StructDecoders.iovec(
                                    out,
                                    call,
                                    i,
                                    call.arguments[lengthIndex],
                                    call.hasFailed() ? -1 : call.result);
            case "pollfds>" ->
                    (out, call, i) ->
                            StructDecoders.pollfds(out, call, i, call.arguments[lengthIndex]);
            case "createmode" ->
                    (out, call, i) -> {
                        boolean isShown = (call.arguments[lengthIndex] & TAKES_MODE) != 0;
                        out.append(isShown ? octal(call.arguments[i]) : "");
                    };
            case "fcntl" ->
                    (out, call, i) ->
                            fcntlArgument(out, call, i, (int) call.arguments[lengthIndex]);
            default ->
                    throw new IllegalArgumentException(
                            "no kind of argument is called " + kind + ":");
        };
    }

    private static void numbers() {
        KINDS.put("int", (out, call, i) -> out.append((int) call.arguments[i]));
        KINDS.put(
                "uint",
                (out, call, i) -> out.append(Integer.toUnsignedLong((int) call.arguments[i])));
        KINDS.put("long", (out, call, i) -> out.append(call.arguments[i]));
        KINDS.put("size", (out, call, i) -> out.append(Long.toUnsignedString(call.arguments[i])));
        KINDS.put(
                "hex",
                (out, call, i) -> out.append("0x").append(Long.toHexString(call.arguments[i])));
        KINDS.put("mode", (out, call, i) -> out.append(octal(call.arguments[i])));
        KINDS.put("ptr", (out, call, i) -> pointer(out, call.arguments[i]));
        KINDS.put("fd", (out, call, i) -> out.append((int) call.arguments[i]));
        KINDS.put(
                "atfd",
                (out, call, i) ->
                        out.append(
                                (int) call.arguments[i] == AT_FDCWD
                                        ? "AT_FDCWD"
                                        : Integer.toString((int) call.arguments[i])));
        KINDS.put("dev", (out, call, i) -> device(out, call.arguments[i]));
        KINDS.put("signo", (out, call, i) -> out.append(signal((int) call.arguments[i])));
        KINDS.put(
                "affinity",
                (out, call, i) -> out.append("0x").append(Long.toHexString(call.arguments[i])));
    }

    private static void strings() {
        KINDS.put("str", ArgumentDecoders::path);
        KINDS.put(
                "str>",
                (out, call, i) -> {
                    if (call.hasFailed()) {
                        pointer(out, call.arguments[i]);
                    } else {
                        path(out, call, i);
                    }
                });
        KINDS.put("argv", StructDecoders::stringArray);
        KINDS.put("envp", StructDecoders::environment);
    }

    private static void flags() {
        KINDS.put("open", (out, call, i) -> out.append(openFlags(call.arguments[i])));
        KINDS.put(
                "map",
                (out, call, i) ->
                        out.append(
                                ArgumentNames.MAP.flagsWithField(
                                        call.arguments[i], 0xf, ArgumentNames.MAP_TYPE)));
        KINDS.put("futex", (out, call, i) -> out.append(futexOperation(call.arguments[i])));
        KINDS.put("filemode", (out, call, i) -> out.append(StructDecoders.mode(call.arguments[i])));
        KINDS.put("clone", (out, call, i) -> out.append(cloneFlags(call.arguments[i])));
        set("access", ArgumentNames.ACCESS);
        set("prot", ArgumentNames.PROT);
        set("msync", ArgumentNames.MSYNC);
        set("mremap", ArgumentNames.MREMAP);
        set("mlockall", ArgumentNames.MLOCKALL);
        set("mlock2", ArgumentNames.MLOCK2);
        set("waitid", ArgumentNames.WAIT_OPTIONS);
        set("wait4", ArgumentNames.WAIT4_OPTIONS);
        set("mount", ArgumentNames.MOUNT);
        set("umount", ArgumentNames.UMOUNT);
        set("at", ArgumentNames.AT);
        set("faccessat", ArgumentNames.FACCESSAT);
        set("timerflags", ArgumentNames.TIMER_FLAGS);
        set("random", ArgumentNames.RANDOM);
        set("pipe", ArgumentNames.PIPE);
        set("memfd", ArgumentNames.MEMFD);
        set("fallocate", ArgumentNames.FALLOCATE);
        set("rename", ArgumentNames.RENAME);
        set("statxmask", ArgumentNames.STATX_MASK);
        set("lock", ArgumentNames.LOCK);
        set("shmget", ArgumentNames.SHMGET);
        set("shmat", ArgumentNames.SHMAT);
        choice("madvise", ArgumentNames.MADVISE);
        choice("whence", ArgumentNames.WHENCE);
        choice("fcntlcmd", ArgumentNames.FCNTL);
        choice("clock", ArgumentNames.CLOCK);
        choice("sighow", ArgumentNames.SIG_HOW);
        choice("resource", ArgumentNames.RESOURCE);
        choice("prctl", ArgumentNames.PRCTL);
        choice("archprctl", ArgumentNames.ARCH_PRCTL);
        choice("ioctl", ArgumentNames.IOCTL);
        choice("idtype", ArgumentNames.ID_TYPE);
        choice("itimer", ArgumentNames.ITIMER);
        choice("who", ArgumentNames.RUSAGE_WHO);
        choice("membarrier", ArgumentNames.MEMBARRIER);
        choice("scheduler", ArgumentNames.SCHEDULER);
        choice("ipc", ArgumentNames.IPC);
        choice("epollctl", ArgumentNames.EPOLL_CTL);
    }

    private static void set(String kind, NamedBits names) {
        KINDS.put(
                kind,
                (out, call, i) ->
                        out.append(names.flags(Integer.toUnsignedLong((int) call.arguments[i]))));
    }

    private static void choice(String kind, NamedBits names) {
        KINDS.put(
                kind,
                (out, call, i) -> {
                    int value = (int) call.arguments[i];
                    out.append(value < 0 ? names.oneOrDecimal(value) : names.one(value));
                });
    }

    static String octal(long mode) {
        return (mode & 07777) == 0 && mode == 0
                ? "000"
                : "0" + Long.toOctalString(mode & 0xffff_ffffL);
    }

    static void pointer(StringBuilder out, long vaddr) {
        out.append(vaddr == 0 ? "NULL" : "0x" + Long.toHexString(vaddr));
    }

    static void device(StringBuilder out, long device) {
        long major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
        long minor = (device & 0xff) | (device >>> 12 & ~0xffL);
        out.append("makedev(0x")
                .append(Long.toHexString(major))
                .append(", 0x")
                .append(Long.toHexString(minor))
                .append(')');
    }

    static String signal(int signo) {
        return signo > 0 && signo < Signals.SIGRTMIN
                ? Signals.name(signo)
                : signo >= Signals.SIGRTMIN && signo <= Signals.NSIG
                        ? "SIGRT_" + (signo - Signals.SIGRTMIN)
                        : Integer.toString(signo);
    }

    static String openFlags(long value) {
        return ArgumentNames.OPEN.flagsWithField(
                value & 0xffff_ffffL, 3, ArgumentNames.OPEN_ACCESS);
    }

    private static String cloneFlags(long value) {
        int signo = (int) value & 0xff;
        String flags =
                (value & ~0xffL) == 0
                        ? ""
                        : ArgumentNames.CLONE.flags(value & ~0xffL & 0xffff_ffffL);
        String join = flags.isEmpty() || signo == 0 ? "" : "|";
        return flags.isEmpty() && signo == 0
                ? "0"
                : flags + join + (signo == 0 ? "" : signal(signo));
    }

    private static String futexOperation(long value) {
        String command = ArgumentNames.FUTEX.one(value & 0x7f);
        long rest = value & 0xffff_ff80L;
        if (rest == 0) {
            return command;
        }
        return (rest & 128) != 0 && rest == 128
                ? command + "_PRIVATE"
                : command + "|" + ArgumentNames.FUTEX_FLAGS.flags(rest);
    }

    private static void path(StringBuilder out, CallView call, int index) {
        long vaddr = call.arguments[index];
        byte[] bytes = vaddr == 0 ? null : call.memory.string(vaddr, PATH_MAX);
        if (bytes == null) {
            call.hasUnread |= vaddr != 0;
            pointer(out, vaddr);
        } else {
            CText.quoteAll(out, bytes, bytes.length);
        }
    }

    /// A buffer of which at most the first bytes are shown.
    private static void data(StringBuilder out, CallView call, int index, long length) {
        byte[] bytes = new byte[CText.SHOWN_BYTES];
        int wanted = (int) Math.min(Math.max(length, 0), CText.SHOWN_BYTES);
        if (call.memory.read(call.arguments[index], bytes, wanted) < wanted) {
            call.hasUnread = true;
            pointer(out, call.arguments[index]);
        } else {
            CText.quoteAll(out, bytes, wanted);
            out.append(length > wanted ? "..." : "");
        }
    }

    private static void fcntlArgument(StringBuilder out, CallView call, int index, int command) {
        long value = call.arguments[index];
        switch (command) {
            case 1,
                    3,
                    9,
                    11,
                    1032,
                    1034 -> {} // F_GETFD, F_GETFL, F_GETOWN, F_GETSIG, F_GETPIPE_SZ, F_GET_SEALS
            // take none
            case 2 -> out.append(ArgumentNames.FD_FLAGS.flags(value));
            case 4 -> out.append(openFlags(value));
            case 5, 6, 7, 36, 37, 38 -> pointer(out, value);
            default -> out.append((int) value);
        }
    }
}
