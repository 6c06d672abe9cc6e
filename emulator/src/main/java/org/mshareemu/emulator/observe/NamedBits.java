package org.mshareemu.emulator.observe;

import java.util.ArrayList;
import java.util.List;

/// Names for the values of one kind of argument, as a C programmer writes them.
///
/// A table is text: words of the form `NAME=value`, the value in decimal, `0x…` or `0…` (octal). In
/// a set of flags a name whose value has several bits stands for all of them and is tried in the
/// order given; the name of the value 0 stands for "no flag".
final class NamedBits {
    private final List<String> names = new ArrayList<>();
    private final List<Long> values = new ArrayList<>();

    NamedBits(String table) {
        for (String word : table.trim().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            names.add(word.substring(0, equals));
            values.add(Long.decode(word.substring(equals + 1)));
        }
    }

    /// The name of exactly this value, or the number in hexadecimal.
    String one(long value) {
        int index = values.indexOf(value);
        return index < 0 ? "0x" + Long.toHexString(value) : names.get(index);
    }

    /// The name of exactly this value, or the number in decimal.
    String oneOrDecimal(long value) {
        int index = values.indexOf(value);
        return index < 0 ? Long.toString(value) : names.get(index);
    }

    /// Names of all flags set joined by `|`; what has no name is added in hexadecimal.
    String flags(long value) {
        if (value == 0) {
            int zero = values.indexOf(0L);
            return zero < 0 ? "0" : names.get(zero);
        }
        StringBuilder text = new StringBuilder();
        long left = value;
        for (int i = 0; i < names.size(); i++) {
            long flag = values.get(i);
            if (flag != 0 && (left & flag) == flag) {
                append(text, names.get(i));
                left &= ~flag;
            }
        }
        if (left != 0) {
            append(text, "0x" + Long.toHexString(left));
        }
        return text.toString();
    }

    /// As [#flags], with the bits of `mask` read as one number that has a name of its own in
    /// `field`.
    String flagsWithField(long value, long mask, NamedBits field) {
        String first = field.one(value & mask);
        return (value & ~mask) == 0 ? first : first + "|" + flags(value & ~mask);
    }

    private static void append(StringBuilder text, String word) {
        if (!text.isEmpty()) {
            text.append('|');
        }
        text.append(word);
    }
}
