package org.mshareemu.emulator.kernel.cred;

import java.util.List;

/// Who a task acts as. Immutable: changing an identity replaces the object, as in Linux.
///
/// Linux: struct cred; see credentials(7) and capabilities(7)
///
/// @param uid real user
/// @param gid real group
/// @param euid effective user
/// @param egid effective group
/// @param suid saved user
/// @param sgid saved group
/// @param fsuid user for file access
/// @param fsgid group for file access
/// @param groups supplementary groups
/// @param effectiveCapabilities bit n = capability n
/// @param permittedCapabilities bit n = capability n
public record Credentials(
        int uid,
        int gid,
        int euid,
        int egid,
        int suid,
        int sgid,
        int fsuid,
        int fsgid,
        List<Integer> groups,
        long effectiveCapabilities,
        long permittedCapabilities) {
    public static final int CAP_CHOWN = 0;
    public static final int CAP_DAC_OVERRIDE = 1;
    public static final int CAP_DAC_READ_SEARCH = 2;
    public static final int CAP_FOWNER = 3;
    public static final int CAP_FSETID = 4;
    public static final int CAP_KILL = 5;
    public static final int CAP_SETGID = 6;
    public static final int CAP_SETUID = 7;
    public static final int CAP_LINUX_IMMUTABLE = 9;
    public static final int CAP_IPC_LOCK = 14;
    public static final int CAP_SYS_RAWIO = 17;
    public static final int CAP_SYS_CHROOT = 18;
    public static final int CAP_SYS_PTRACE = 19;
    public static final int CAP_SYS_ADMIN = 21;
    public static final int CAP_SYS_BOOT = 22;
    public static final int CAP_SYS_NICE = 23;
    public static final int CAP_SYS_RESOURCE = 24;
    public static final int CAP_SYS_TIME = 25;
    public static final int CAP_MKNOD = 27;

    /// All 41 capabilities of Linux 6.18.
    public static final long ALL_CAPABILITIES = (1L << 41) - 1;

    /// The super-user.
    public static final Credentials ROOT =
            new Credentials(0, 0, 0, 0, 0, 0, 0, 0, List.of(), ALL_CAPABILITIES, ALL_CAPABILITIES);

    public Credentials {
        groups = List.copyOf(groups);
    }

    /// An ordinary user without capabilities.
    public static Credentials user(int uid, int gid, List<Integer> groups) {
        return new Credentials(uid, gid, uid, gid, uid, gid, uid, gid, groups, 0, 0);
    }

    /// Linux: capable()
    public boolean isCapable(int capability) {
        return (effectiveCapabilities >>> capability & 1) != 0;
    }

    /// Linux: in_group_p()
    public boolean isInGroup(int group) {
        return fsgid == group || groups.contains(group);
    }
}
