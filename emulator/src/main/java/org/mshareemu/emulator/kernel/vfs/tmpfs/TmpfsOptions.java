package org.mshareemu.emulator.kernel.vfs.tmpfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.vfs.MountRequest;
import org.mshareemu.emulator.kernel.vfs.Vfs;

/// Mount options of tmpfs; see tmpfs(5). Linux: struct shmem_options
///
/// @param maxPages 0 = no limit
/// @param maxInodes 0 = no limit
/// @param mode of the root directory
/// @param uid its owner
/// @param gid its group
record TmpfsOptions(long maxPages, long maxInodes, int mode, int uid, int gid) {
    private static final int DEFAULT_MODE = Stat.S_IRWXUGO | Stat.S_ISVTX;

    /// Half of the machine's frames. Linux: shmem_default_max_blocks()
    static long defaultPages(Vfs vfs) {
        return vfs.frames().totalFrames() / 2;
    }

    static TmpfsOptions parse(TmpfsType type, MountRequest request) throws ErrnoException {
        Credentials who = request.caller().credentials();
        long defaultPages = defaultPages(request.vfs());
        boolean limited = type.isLimited();
        TmpfsOptions options =
                new TmpfsOptions(
                        limited ? defaultPages : 0,
                        limited ? defaultPages : 0,
                        limited ? DEFAULT_MODE : 0x1ed,
                        who.fsuid(),
                        who.fsgid());
        return options.with(request.options(), request.vfs());
    }

    /// These options with those of a string changed.
    ///
    /// @throws ErrnoException EINVAL
    TmpfsOptions with(String text, Vfs vfs) throws ErrnoException {
        TmpfsOptions options = this;
        for (String option : text.split(",", -1)) {
            if (!option.isEmpty()) {
                options = options.withOne(option, vfs);
            }
        }
        return options;
    }

    private TmpfsOptions withOne(String option, Vfs vfs) throws ErrnoException {
        int equals = option.indexOf('=');
        String key = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        return switch (key) {
            case "size" -> withPages((size(value, vfs) + 4095) / 4096);
            case "nr_blocks" -> withPages(number(value));
            case "nr_inodes" -> new TmpfsOptions(maxPages, number(value), mode, uid, gid);
            case "mode" -> new TmpfsOptions(maxPages, maxInodes, octal(value), uid, gid);
            case "uid" -> new TmpfsOptions(maxPages, maxInodes, mode, (int) number(value), gid);
            case "gid" -> new TmpfsOptions(maxPages, maxInodes, mode, uid, (int) number(value));
            case "huge", "mpol", "inode32", "inode64", "noswap" -> this;
            default -> throw Errno.EINVAL.exception();
        };
    }

    private TmpfsOptions withPages(long pages) {
        return new TmpfsOptions(pages, maxInodes, mode, uid, gid);
    }

    private static long size(String text, Vfs vfs) throws ErrnoException {
        if (text.endsWith("%")) {
            long percent = number(text.substring(0, text.length() - 1));
            return percent * vfs.frames().totalFrames() / 100 * 4096;
        }
        return number(text);
    }

    /// Linux: memparse()
    private static long number(String text) throws ErrnoException {
        if (text.isEmpty()) {
            throw Errno.EINVAL.exception();
        }
        int shift =
                switch (Character.toLowerCase(text.charAt(text.length() - 1))) {
                    case 'k' -> 10;
                    case 'm' -> 20;
                    case 'g' -> 30;
                    case 't' -> 40;
                    default -> 0;
                };
        String digits = shift == 0 ? text : text.substring(0, text.length() - 1);
        try {
            return Long.decode(digits) << shift;
        } catch (NumberFormatException _) {
            throw Errno.EINVAL.exception();
        }
    }

    private static int octal(String text) throws ErrnoException {
        try {
            return Integer.parseInt(text, 8) & Stat.S_IALLUGO;
        } catch (NumberFormatException _) {
            throw Errno.EINVAL.exception();
        }
    }

    /// As /proc/mounts shows what is not the default. Linux: shmem_show_options()
    String show(Vfs vfs) {
        StringBuilder out = new StringBuilder();
        long defaultPages = defaultPages(vfs);
        if (maxPages != defaultPages && maxPages != 0) {
            out.append(",size=").append(maxPages * 4).append('k');
        }
        if (maxInodes != defaultPages && maxInodes != 0) {
            out.append(",nr_inodes=").append(maxInodes);
        }
        if (mode != DEFAULT_MODE) {
            out.append(",mode=").append(Integer.toOctalString(mode));
        }
        if (uid != 0) {
            out.append(",uid=").append(Integer.toUnsignedString(uid));
        }
        if (gid != 0) {
            out.append(",gid=").append(Integer.toUnsignedString(gid));
        }
        return out.toString();
    }
}
