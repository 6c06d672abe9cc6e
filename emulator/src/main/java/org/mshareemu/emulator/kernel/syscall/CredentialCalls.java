package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;

import java.util.ArrayList;
import java.util.List;

/// Who a task acts as: user and group numbers, capabilities. See credentials(7), capabilities(7).
public final class CredentialCalls {
    private static final int NGROUPS_MAX = 65_536;
    private static final int CAPABILITY_VERSION_1 = 0x1998_0330;
    private static final int CAPABILITY_VERSION_2 = 0x2007_1026;
    private static final int CAPABILITY_VERSION_3 = 0x2008_0522;

    private final Kernel kernel;

    public CredentialCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_getuid, (task, _) -> unsigned(task.credentials().uid()));
        table.row(NR_geteuid, (task, _) -> unsigned(task.credentials().euid()));
        table.row(NR_getgid, (task, _) -> unsigned(task.credentials().gid()));
        table.row(NR_getegid, (task, _) -> unsigned(task.credentials().egid()));
        table.row(NR_setuid, (task, a) -> setuid(task, a.i0()));
        table.row(NR_setgid, (task, a) -> setgid(task, a.i0()));
        table.row(NR_setreuid, (task, a) -> setreuid(task, a.i0(), a.i1()));
        table.row(NR_setregid, (task, a) -> setregid(task, a.i0(), a.i1()));
        table.row(NR_setresuid, (task, a) -> setresuid(task, a.i0(), a.i1(), a.i2()));
        table.row(NR_setresgid, (task, a) -> setresgid(task, a.i0(), a.i1(), a.i2()));
        table.row(NR_getresuid, (task, a) -> getresuid(task, a.a0(), a.a1(), a.a2()));
        table.row(NR_getresgid, (task, a) -> getresgid(task, a.a0(), a.a1(), a.a2()));
        table.row(NR_setfsuid, (task, a) -> setfsuid(task, a.i0()));
        table.row(NR_setfsgid, (task, a) -> setfsgid(task, a.i0()));
        table.row(NR_getgroups, (task, a) -> getgroups(task, a.i0(), a.a1()));
        table.row(NR_setgroups, (task, a) -> setgroups(task, a.i0(), a.a1()));
        table.row(NR_capget, (task, a) -> capget(task, a.a0(), a.a1()));
        table.partly(
                NR_capset,
                "no inheritable capabilities",
                (task, a) -> capset(task, a.a0(), a.a1()));
    }

    private static long unsigned(int id) {
        return Integer.toUnsignedLong(id);
    }

    private static boolean maySetUid(Credentials who) {
        return who.isCapable(Credentials.CAP_SETUID);
    }

    private static boolean maySetGid(Credentials who) {
        return who.isCapable(Credentials.CAP_SETGID);
    }

    private static long setuid(Task task, int uid) throws ErrnoException {
        Credentials now = task.credentials();
        if (uid == -1) {
            throw Errno.EINVAL.exception();
        }
        if (maySetUid(now)) {
            commitUsers(task, uid, uid, uid);
        } else if (uid == now.uid() || uid == now.suid()) {
            commitUsers(task, now.uid(), uid, now.suid());
        } else {
            throw Errno.EPERM.exception();
        }
        return 0;
    }

    private static long setgid(Task task, int gid) throws ErrnoException {
        Credentials now = task.credentials();
        if (gid == -1) {
            throw Errno.EINVAL.exception();
        }
        if (maySetGid(now)) {
            commitGroups(task, gid, gid, gid);
        } else if (gid == now.gid() || gid == now.sgid()) {
            commitGroups(task, now.gid(), gid, now.sgid());
        } else {
            throw Errno.EPERM.exception();
        }
        return 0;
    }

    private static long setreuid(Task task, int ruid, int euid) throws ErrnoException {
        Credentials now = task.credentials();
        boolean isFree = maySetUid(now);
        if (ruid != -1 && !isFree && ruid != now.uid() && ruid != now.euid()) {
            throw Errno.EPERM.exception();
        }
        if (euid != -1
                && !isFree
                && euid != now.uid()
                && euid != now.euid()
                && euid != now.suid()) {
            throw Errno.EPERM.exception();
        }
        int newUid = ruid == -1 ? now.uid() : ruid;
        int newEuid = euid == -1 ? now.euid() : euid;
        boolean setsSaved = ruid != -1 || (euid != -1 && euid != now.uid());
        commitUsers(task, newUid, newEuid, setsSaved ? newEuid : now.suid());
        return 0;
    }

    private static long setregid(Task task, int rgid, int egid) throws ErrnoException {
        Credentials now = task.credentials();
        boolean isFree = maySetGid(now);
        if (rgid != -1 && !isFree && rgid != now.gid() && rgid != now.egid()) {
            throw Errno.EPERM.exception();
        }
        if (egid != -1
                && !isFree
                && egid != now.gid()
                && egid != now.egid()
                && egid != now.sgid()) {
            throw Errno.EPERM.exception();
        }
        int newGid = rgid == -1 ? now.gid() : rgid;
        int newEgid = egid == -1 ? now.egid() : egid;
        boolean setsSaved = rgid != -1 || (egid != -1 && egid != now.gid());
        commitGroups(task, newGid, newEgid, setsSaved ? newEgid : now.sgid());
        return 0;
    }

    private static long setresuid(Task task, int ruid, int euid, int suid) throws ErrnoException {
        Credentials now = task.credentials();
        if (!maySetUid(now)) {
            for (int wanted : new int[] {ruid, euid, suid}) {
                if (wanted != -1
                        && wanted != now.uid()
                        && wanted != now.euid()
                        && wanted != now.suid()) {
                    throw Errno.EPERM.exception();
                }
            }
        }
        commitUsers(
                task,
                ruid == -1 ? now.uid() : ruid,
                euid == -1 ? now.euid() : euid,
                suid == -1 ? now.suid() : suid);
        return 0;
    }

    private static long setresgid(Task task, int rgid, int egid, int sgid) throws ErrnoException {
        Credentials now = task.credentials();
        if (!maySetGid(now)) {
            for (int wanted : new int[] {rgid, egid, sgid}) {
                if (wanted != -1
                        && wanted != now.gid()
                        && wanted != now.egid()
                        && wanted != now.sgid()) {
                    throw Errno.EPERM.exception();
                }
            }
        }
        commitGroups(
                task,
                rgid == -1 ? now.gid() : rgid,
                egid == -1 ? now.egid() : egid,
                sgid == -1 ? now.sgid() : sgid);
        return 0;
    }

    /// File access follows the effective user. Capabilities come and go with user 0. Linux:
    /// cap_emulate_setxuid()
    private static void commitUsers(Task task, int uid, int euid, int suid) {
        Credentials now = task.credentials();
        boolean wasRoot = now.uid() == 0 || now.euid() == 0 || now.suid() == 0;
        boolean isRoot = uid == 0 || euid == 0 || suid == 0;
        long permitted = now.permittedCapabilities();
        long effective = now.effectiveCapabilities();
        if (wasRoot && !isRoot && !task.options().keepsCapabilities()) {
            permitted = 0;
            effective = 0;
        }
        if (now.euid() == 0 && euid != 0) {
            effective = 0;
        }
        if (now.euid() != 0 && euid == 0) {
            effective = permitted;
        }
        task.setCredentials(
                new Credentials(
                        uid,
                        now.gid(),
                        euid,
                        now.egid(),
                        suid,
                        now.sgid(),
                        euid,
                        now.fsgid(),
                        now.groups(),
                        effective,
                        permitted));
    }

    private static void commitGroups(Task task, int gid, int egid, int sgid) {
        Credentials now = task.credentials();
        task.setCredentials(
                new Credentials(
                        now.uid(),
                        gid,
                        now.euid(),
                        egid,
                        now.suid(),
                        sgid,
                        now.fsuid(),
                        egid,
                        now.groups(),
                        now.effectiveCapabilities(),
                        now.permittedCapabilities()));
    }

    private static long getresuid(Task task, long realAt, long effectiveAt, long savedAt)
            throws ErrnoException {
        Credentials now = task.credentials();
        task.memory().writeInt(realAt, now.uid());
        task.memory().writeInt(effectiveAt, now.euid());
        task.memory().writeInt(savedAt, now.suid());
        return 0;
    }

    private static long getresgid(Task task, long realAt, long effectiveAt, long savedAt)
            throws ErrnoException {
        Credentials now = task.credentials();
        task.memory().writeInt(realAt, now.gid());
        task.memory().writeInt(effectiveAt, now.egid());
        task.memory().writeInt(savedAt, now.sgid());
        return 0;
    }

    private static long setfsuid(Task task, int uid) {
        Credentials now = task.credentials();
        boolean isAllowed =
                uid == now.uid()
                        || uid == now.euid()
                        || uid == now.suid()
                        || uid == now.fsuid()
                        || maySetUid(now);
        if (uid != -1 && isAllowed) {
            task.setCredentials(
                    new Credentials(
                            now.uid(),
                            now.gid(),
                            now.euid(),
                            now.egid(),
                            now.suid(),
                            now.sgid(),
                            uid,
                            now.fsgid(),
                            now.groups(),
                            now.effectiveCapabilities(),
                            now.permittedCapabilities()));
        }
        return unsigned(now.fsuid());
    }

    private static long setfsgid(Task task, int gid) {
        Credentials now = task.credentials();
        boolean isAllowed =
                gid == now.gid()
                        || gid == now.egid()
                        || gid == now.sgid()
                        || gid == now.fsgid()
                        || maySetGid(now);
        if (gid != -1 && isAllowed) {
            task.setCredentials(
                    new Credentials(
                            now.uid(),
                            now.gid(),
                            now.euid(),
                            now.egid(),
                            now.suid(),
                            now.sgid(),
                            now.fsuid(),
                            gid,
                            now.groups(),
                            now.effectiveCapabilities(),
                            now.permittedCapabilities()));
        }
        return unsigned(now.fsgid());
    }

    private static long getgroups(Task task, int size, long listAt) throws ErrnoException {
        List<Integer> groups = task.credentials().groups();
        if (size < 0 || (size != 0 && size < groups.size())) {
            throw Errno.EINVAL.exception();
        }
        if (size != 0) {
            for (int i = 0; i < groups.size(); i++) {
                task.memory().writeInt(listAt + 4L * i, groups.get(i));
            }
        }
        return groups.size();
    }

    private static long setgroups(Task task, int size, long listAt) throws ErrnoException {
        Credentials now = task.credentials();
        if (!maySetGid(now)) {
            throw Errno.EPERM.exception();
        }
        if (size < 0 || size > NGROUPS_MAX) {
            throw Errno.EINVAL.exception();
        }
        List<Integer> groups = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            groups.add(task.memory().readInt(listAt + 4L * i));
        }
        groups.sort(Integer::compareUnsigned);
        task.setCredentials(
                new Credentials(
                        now.uid(),
                        now.gid(),
                        now.euid(),
                        now.egid(),
                        now.suid(),
                        now.sgid(),
                        now.fsuid(),
                        now.fsgid(),
                        groups,
                        now.effectiveCapabilities(),
                        now.permittedCapabilities()));
        return 0;
    }

    /// Reads the version of a capability header; a wrong one is replaced by the preferred one.
    ///
    /// @return how many 32-bit words each set has
    private static int capabilityWords(UserMemory memory, long headerAt) throws ErrnoException {
        int version = memory.readInt(headerAt);
        return switch (version) {
            case CAPABILITY_VERSION_1 -> 1;
            case CAPABILITY_VERSION_2, CAPABILITY_VERSION_3 -> 2;
            default -> {
                memory.writeInt(headerAt, CAPABILITY_VERSION_3);
                throw Errno.EINVAL.exception();
            }
        };
    }

    private long capget(Task task, long headerAt, long dataAt) throws ErrnoException {
        UserMemory memory = task.memory();
        int words;
        try {
            words = capabilityWords(memory, headerAt);
        } catch (ErrnoException unknown) {
            if (dataAt == 0 && unknown.errno() == Errno.EINVAL) {
                return 0;
            }
            throw unknown;
        }
        int pid = memory.readInt(headerAt + 4);
        if (pid < 0) {
            throw Errno.EINVAL.exception();
        }
        Task target = pid == 0 ? task : kernel.tasks().find(pid);
        if (target == null) {
            throw Errno.ESRCH.exception();
        }
        if (dataAt == 0) {
            return 0;
        }
        Credentials who = target.credentials();
        for (int word = 0; word < words; word++) {
            memory.writeInt(
                    dataAt + 12L * word, (int) (who.effectiveCapabilities() >>> (32 * word)));
            memory.writeInt(
                    dataAt + 12L * word + 4, (int) (who.permittedCapabilities() >>> (32 * word)));
            memory.writeInt(dataAt + 12L * word + 8, 0);
        }
        return 0;
    }

    private static long capset(Task task, long headerAt, long dataAt) throws ErrnoException {
        UserMemory memory = task.memory();
        int words = capabilityWords(memory, headerAt);
        int pid = memory.readInt(headerAt + 4);
        if (pid != 0 && pid != task.tid()) {
            throw Errno.EPERM.exception();
        }
        long effective = 0;
        long permitted = 0;
        for (int word = 0; word < words; word++) {
            effective |= (memory.readInt(dataAt + 12L * word) & 0xffff_ffffL) << (32 * word);
            permitted |= (memory.readInt(dataAt + 12L * word + 4) & 0xffff_ffffL) << (32 * word);
        }
        Credentials now = task.credentials();
        effective &= Credentials.ALL_CAPABILITIES;
        permitted &= Credentials.ALL_CAPABILITIES;
        if ((permitted & ~now.permittedCapabilities()) != 0 || (effective & ~permitted) != 0) {
            throw Errno.EPERM.exception();
        }
        task.setCredentials(
                new Credentials(
                        now.uid(),
                        now.gid(),
                        now.euid(),
                        now.egid(),
                        now.suid(),
                        now.sgid(),
                        now.fsuid(),
                        now.fsgid(),
                        now.groups(),
                        effective,
                        permitted));
        return 0;
    }
}
