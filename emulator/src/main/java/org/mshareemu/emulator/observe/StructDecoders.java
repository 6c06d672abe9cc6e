package org.mshareemu.emulator.observe;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;

/// Structures that system calls point to, with the layouts of x86-64. What is not readable is shown
/// as its address.
final class StructDecoders {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int ARRAY_SHOWN = 32;

    private StructDecoders() {}

    /// Writes the inside of a structure.
    @FunctionalInterface
    private interface Body {
        void append(StringBuilder out, MemorySegment struct);
    }

    static void addTo(Map<String, ArgumentDecoder> kinds) {
        both(kinds, "timespec", 16, (out, s) -> out.append(timespec(s, 0)));
        both(kinds, "timeval", 16, (out, s) -> out.append(timeval(s, 0)));
        both(
                kinds,
                "itimerval",
                32,
                (out, s) ->
                        out.append("{it_interval=")
                                .append(timeval(s, 0))
                                .append(", it_value=")
                                .append(timeval(s, 16))
                                .append('}'));
        both(
                kinds,
                "itimerspec",
                32,
                (out, s) ->
                        out.append("{it_interval=")
                                .append(timespec(s, 0))
                                .append(", it_value=")
                                .append(timespec(s, 16))
                                .append('}'));
        both(
                kinds,
                "utimes",
                32,
                (out, s) ->
                        out.append('[')
                                .append(timespec(s, 0))
                                .append(", ")
                                .append(timespec(s, 16))
                                .append(']'));
        both(
                kinds,
                "rlimit",
                16,
                (out, s) ->
                        out.append("{rlim_cur=")
                                .append(limit(s.get(LONG, 0)))
                                .append(", rlim_max=")
                                .append(limit(s.get(LONG, 8)))
                                .append('}'));
        both(kinds, "sigset", 8, (out, s) -> out.append(signals(s.get(LONG, 0))));
        both(kinds, "sigaction", 32, StructDecoders::sigaction);
        both(kinds, "stack", 24, StructDecoders::stack);
        both(kinds, "int*", 4, (out, s) -> out.append('[').append(s.get(INT, 0)).append(']'));
        both(kinds, "long*", 8, (out, s) -> out.append('[').append(s.get(LONG, 0)).append(']'));
        both(
                kinds,
                "hex*",
                8,
                (out, s) -> out.append("[0x").append(Long.toHexString(s.get(LONG, 0))).append(']'));
        both(kinds, "cloneargs", 64, StructDecoders::cloneArguments);
        filled(
                kinds,
                "fds",
                8,
                (out, s) ->
                        out.append('[')
                                .append(s.get(INT, 0))
                                .append(", ")
                                .append(s.get(INT, 4))
                                .append(']'));
        filled(kinds, "stat", 144, StructDecoders::stat);
        filled(kinds, "statx", 256, StructDecoders::statx);
        filled(kinds, "statfs", 120, StructDecoders::statfs);
        filled(kinds, "uname", 390, StructDecoders::uname);
        filled(kinds, "sysinfo", 112, StructDecoders::sysinfo);
        filled(kinds, "tms", 32, StructDecoders::times);
        filled(
                kinds,
                "rusage",
                144,
                (out, s) ->
                        out.append("{ru_utime=")
                                .append(timeval(s, 0))
                                .append(", ru_stime=")
                                .append(timeval(s, 16))
                                .append(", ...}"));
        filled(kinds, "siginfo", 128, (out, s) -> SignalText.siginfo(out, s));
        filled(
                kinds,
                "wstatus",
                4,
                (out, s) ->
                        out.append('[').append(SignalText.waitStatus(s.get(INT, 0))).append(']'));
        kinds.put(
                "dirents>",
                (out, call, i) ->
                        out.append("0x")
                                .append(Long.toHexString(call.arguments[i]))
                                .append(
                                        call.hasFailed()
                                                ? ""
                                                : " /* " + entries(call, i) + " entries */"));
    }

    private static void both(Map<String, ArgumentDecoder> kinds, String name, int size, Body body) {
        kinds.put(name, (out, call, i) -> struct(out, call, i, size, body));
        filled(kinds, name, size, body);
    }

    private static void filled(
            Map<String, ArgumentDecoder> kinds, String name, int size, Body body) {
        kinds.put(
                name + ">",
                (out, call, i) -> {
                    if (call.hasFailed()) {
                        ArgumentDecoders.pointer(out, call.arguments[i]);
                    } else {
                        struct(out, call, i, size, body);
                    }
                });
    }

    private static void struct(StringBuilder out, CallView call, int index, int size, Body body) {
        MemorySegment struct = segment(call, call.arguments[index], size);
        if (struct == null) {
            ArgumentDecoders.pointer(out, call.arguments[index]);
        } else {
            body.append(out, struct);
        }
    }

    private static @Nullable MemorySegment segment(CallView call, long vaddr, int size) {
        byte[] bytes = vaddr == 0 ? null : call.memory.bytes(vaddr, size);
        call.hasUnread |= vaddr != 0 && bytes == null;
        return bytes == null ? null : MemorySegment.ofArray(bytes);
    }

    private static String timespec(MemorySegment s, long at) {
        long nanos = s.get(LONG, at + 8);
        String special =
                nanos == 0x3fffffff ? "UTIME_NOW" : nanos == 0x3ffffffe ? "UTIME_OMIT" : null;
        return special != null
                ? special
                : "{tv_sec=" + s.get(LONG, at) + ", tv_nsec=" + nanos + "}";
    }

    private static String timeval(MemorySegment s, long at) {
        return "{tv_sec=" + s.get(LONG, at) + ", tv_usec=" + s.get(LONG, at + 8) + "}";
    }

    private static String limit(long value) {
        if (value == -1) {
            return "RLIM64_INFINITY";
        }
        return value > 0 && (value & 1023) == 0
                ? value / 1024 + "*1024"
                : Long.toUnsignedString(value);
    }

    /// `[HUP INT]`, or `~[…]` when more are in than out.
    static String signals(long set) {
        boolean isInverted = Long.bitCount(set) > 40;
        long shown = isInverted ? ~set : set;
        StringBuilder text = new StringBuilder(isInverted ? "~[" : "[");
        for (int signo = 1; signo <= 64; signo++) {
            if ((shown >>> (signo - 1) & 1) != 0) {
                String name = ArgumentDecoders.signal(signo);
                text.append(text.charAt(text.length() - 1) == '[' ? "" : " ")
                        .append(name.startsWith("SIG") ? name.substring(3) : name);
            }
        }
        return text.append(']').toString();
    }

    private static void sigaction(StringBuilder out, MemorySegment s) {
        long handler = s.get(LONG, 0);
        long flags = s.get(LONG, 8);
        out.append("{sa_handler=")
                .append(
                        handler == 0
                                ? "SIG_DFL"
                                : handler == 1 ? "SIG_IGN" : "0x" + Long.toHexString(handler));
        out.append(", sa_mask=")
                .append(signals(s.get(LONG, 24)))
                .append(", sa_flags=")
                .append(ArgumentNames.SA_FLAGS.flags(flags & 0xffff_ffffL));
        if ((flags & 0x0400_0000) != 0) {
            out.append(", sa_restorer=0x").append(Long.toHexString(s.get(LONG, 16)));
        }
        out.append('}');
    }

    private static void stack(StringBuilder out, MemorySegment s) {
        out.append("{ss_sp=");
        ArgumentDecoders.pointer(out, s.get(LONG, 0));
        out.append(", ss_flags=")
                .append(ArgumentNames.SIGALTSTACK.flags(Integer.toUnsignedLong(s.get(INT, 8))));
        out.append(", ss_size=").append(s.get(LONG, 16)).append('}');
    }

    private static void cloneArguments(StringBuilder out, MemorySegment s) {
        out.append("{flags=")
                .append(s.get(LONG, 0) == 0 ? "0" : ArgumentNames.CLONE.flags(s.get(LONG, 0)));
        out.append(", exit_signal=").append(ArgumentDecoders.signal((int) s.get(LONG, 32)));
        out.append(", stack=");
        ArgumentDecoders.pointer(out, s.get(LONG, 40));
        out.append(", stack_size=0x").append(Long.toHexString(s.get(LONG, 48))).append('}');
    }

    /// A file's type and permissions: `S_IFREG|0644`.
    static String mode(long value) {
        return ArgumentNames.FILE_TYPE.one(value & 0170000)
                + "|"
                + ArgumentDecoders.octal(value & 07777);
    }

    private static void stat(StringBuilder out, MemorySegment s) {
        long mode = s.get(INT, 24);
        out.append("{st_mode=").append(mode(mode));
        if ((mode & 0170000) == 0020000 || (mode & 0170000) == 0060000) {
            out.append(", st_rdev=");
            ArgumentDecoders.device(out, s.get(LONG, 40));
        } else {
            out.append(", st_size=").append(s.get(LONG, 48));
        }
        out.append(", ...}");
    }

    private static void statx(StringBuilder out, MemorySegment s) {
        long mask = Integer.toUnsignedLong(s.get(INT, 0));
        out.append("{stx_mask=")
                .append(ArgumentNames.STATX_MASK.flags(mask))
                .append(", stx_mode=")
                .append(mode(s.get(SHORT, 28) & 0xffff));
        out.append(", stx_size=").append(s.get(LONG, 40)).append(", ...}");
    }

    private static void statfs(StringBuilder out, MemorySegment s) {
        out.append("{f_type=")
                .append(ArgumentNames.FS_MAGIC.one(s.get(LONG, 0)))
                .append(", f_bsize=")
                .append(s.get(LONG, 8));
        out.append(", f_blocks=")
                .append(s.get(LONG, 16))
                .append(", f_bfree=")
                .append(s.get(LONG, 24))
                .append(", ...}");
    }

    private static void uname(StringBuilder out, MemorySegment s) {
        out.append("{sysname=\"")
                .append(s.getString(0))
                .append("\", nodename=\"")
                .append(s.getString(65));
        out.append("\", release=\"").append(s.getString(130)).append("\", ...}");
    }

    private static void sysinfo(StringBuilder out, MemorySegment s) {
        out.append("{uptime=")
                .append(s.get(LONG, 0))
                .append(", totalram=")
                .append(s.get(LONG, 32))
                .append(", freeram=")
                .append(s.get(LONG, 40))
                .append(", ...}");
    }

    private static void times(StringBuilder out, MemorySegment s) {
        out.append("{tms_utime=")
                .append(s.get(LONG, 0))
                .append(", tms_stime=")
                .append(s.get(LONG, 8));
        out.append(", tms_cutime=")
                .append(s.get(LONG, 16))
                .append(", tms_cstime=")
                .append(s.get(LONG, 24))
                .append('}');
    }

    /// How many entries getdents64 returned.
    private static int entries(CallView call, int index) {
        MemorySegment entries =
                segment(call, call.arguments[index], (int) Math.min(call.result, 1 << 20));
        int count = 0;
        for (long at = 0; entries != null && at + 18 < entries.byteSize(); count++) {
            at += Math.max(1, entries.get(SHORT, at + 16) & 0xffff);
        }
        return count;
    }

    /// @param transferred how many bytes the call filled, -1 if it failed; a length as given if it
    ///   writes them
    static void iovec(StringBuilder out, CallView call, int index, long count, long transferred) {
        MemorySegment vectors =
                count < 0 || count > 1024
                        ? null
                        : segment(call, call.arguments[index], (int) count * 16);
        if (vectors == null || transferred < 0) {
            ArgumentDecoders.pointer(out, call.arguments[index]);
            return;
        }
        long left = transferred;
        out.append('[');
        for (int i = 0; i < count; i++) {
            long base = vectors.get(LONG, i * 16L);
            long length = vectors.get(LONG, i * 16L + 8);
            long shown = Math.min(length, left);
            byte[] bytes = call.memory.bytes(base, (int) Math.min(shown, CText.SHOWN_BYTES));
            out.append(i == 0 ? "" : ", ").append("{iov_base=");
            if (bytes == null) {
                ArgumentDecoders.pointer(out, base);
            } else {
                CText.quoteAll(out, bytes, bytes.length);
                out.append(shown > bytes.length ? "..." : "");
            }
            out.append(", iov_len=").append(length).append('}');
            left -= shown;
        }
        out.append(']');
    }

    static void pollfds(StringBuilder out, CallView call, int index, long count) {
        MemorySegment fds =
                count < 0 || count > 1024
                        ? null
                        : segment(call, call.arguments[index], (int) count * 8);
        if (fds == null) {
            ArgumentDecoders.pointer(out, call.arguments[index]);
            return;
        }
        out.append('[');
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ", ").append("{fd=").append(fds.get(INT, i * 8L));
            out.append(", events=")
                    .append(ArgumentNames.POLL.flags(fds.get(SHORT, i * 8L + 4) & 0xffff));
            int ready = fds.get(SHORT, i * 8L + 6) & 0xffff;
            out.append(ready == 0 ? "}" : ", revents=" + ArgumentNames.POLL.flags(ready) + "}");
        }
        out.append(']');
    }

    /// argv: `["a", "b"]`
    static void stringArray(StringBuilder out, CallView call, int index) {
        long vaddr = call.arguments[index];
        if (vaddr == 0 || segment(call, vaddr, 8) == null) {
            ArgumentDecoders.pointer(out, vaddr);
            return;
        }
        out.append('[');
        for (int i = 0; ; i++) {
            MemorySegment slot = segment(call, vaddr + i * 8L, 8);
            long string = slot == null ? 0 : slot.get(LONG, 0);
            if (string == 0) {
                break;
            }
            out.append(i == 0 ? "" : ", ");
            if (i == ARRAY_SHOWN) {
                out.append("...");
                break;
            }
            byte[] bytes = call.memory.string(string, 4096);
            if (bytes == null) {
                ArgumentDecoders.pointer(out, string);
            } else {
                CText.quote(out, bytes, bytes.length);
            }
        }
        out.append(']');
    }

    /// envp: its address and how many entries it has, as strace without -v.
    static void environment(StringBuilder out, CallView call, int index) {
        long vaddr = call.arguments[index];
        ArgumentDecoders.pointer(out, vaddr);
        int count = 0;
        while (vaddr != 0 && count < 100_000) {
            MemorySegment slot = segment(call, vaddr + count * 8L, 8);
            if (slot == null || slot.get(LONG, 0) == 0) {
                break;
            }
            count++;
        }
        out.append(vaddr == 0 ? "" : " /* " + count + " var" + (count == 1 ? "" : "s") + " */");
    }
}
