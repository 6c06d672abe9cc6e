package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// One setting of /proc/sys.
sealed interface SysctlEntry {
    /// The value without a newline.
    String read();

    boolean isWritable();

    /// Takes what one write(2) brought.
    ///
    /// @return bytes used up
    int write(String text) throws ErrnoException;

    /// Linux: proc_dostring()
    record Text(Supplier<String> value, SysctlTable.@Nullable TextSetter setter)
            implements SysctlEntry {
        /// Linux: __NEW_UTS_LEN
        private static final int LONGEST = 64;

        @Override
        public String read() {
            return value.get();
        }

        @Override
        public boolean isWritable() {
            return setter != null;
        }

        @Override
        public int write(String text) throws ErrnoException {
            if (setter == null) {
                throw Errno.EPERM.exception();
            }
            int end = 0;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\0') {
                end++;
            }
            setter.set(text.substring(0, Math.min(end, LONGEST)));
            return text.length();
        }
    }

    /// Linux: proc_dointvec_minmax(), __do_proc_dointvec()
    record Numeric(LongSupplier value, SysctlTable.NumberSetter setter, long minimum, long maximum)
            implements SysctlEntry {
        private static final String SPACES = " \t\n\u000b\f\r";

        @Override
        public String read() {
            return Long.toString(value.getAsLong());
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        /// Uses up one number and the white space around it.
        @Override
        public int write(String text) throws ErrnoException {
            int start = skipSpaces(text, 0);
            int end = start;
            while (end < text.length()
                    && text.charAt(end) != '\0'
                    && SPACES.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (start == text.length()) {
                throw Errno.EINVAL.exception();
            }
            long number = Numbers.parse(text.substring(start, end));
            if (number < minimum || number > maximum) {
                throw Errno.EINVAL.exception();
            }
            setter.set(number);
            return skipSpaces(text, end);
        }

        private static int skipSpaces(String text, int from) {
            int at = from;
            while (at < text.length() && SPACES.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at;
        }
    }
}
