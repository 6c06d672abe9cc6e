package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.vfs.Vfs;

/// The settings every machine has below /proc/sys, with Linux's defaults where nothing stands
/// behind them. Whoever has the real setting puts it into the table afterwards.
public final class StandardSettings {
    private static final int UUID_BYTES = 16;
    private static final int LAST_CAPABILITY = Long.bitCount(Credentials.ALL_CAPABILITIES) - 1;

    private StandardSettings() {}

    /// A table to which more may be added.
    public static SysctlTable table(SystemView system, Vfs vfs) {
        SysctlTable table = new SysctlTable();
        kernel(table, system);
        random(table, system);
        interProcess(table);
        memory(table);
        files(table, vfs);
        return table;
    }

    private static void kernel(SysctlTable table, SystemView system) {
        table.constant("kernel/ostype", "Linux")
                .text("kernel/osrelease", system::release)
                .text("kernel/version", system::version)
                .text("kernel/hostname", system::hostName, system::setHostName)
                .text("kernel/domainname", system::domainName, system::setDomainName)
                .constant("kernel/arch", "x86_64")
                .constant("kernel/pid_max", 4_194_304)
                .constant("kernel/threads-max", 190_000)
                .number("kernel/ns_last_pid", system::lastTaskNumber)
                .constant("kernel/cap_last_cap", LAST_CAPABILITY)
                .constant("kernel/ngroups_max", 65_536)
                .constant("kernel/core_pattern", "core")
                .constant("kernel/core_uses_pid", 0)
                .constant("kernel/dmesg_restrict", 0)
                .constant("kernel/kptr_restrict", 0)
                .constant("kernel/overflowuid", 65_534)
                .constant("kernel/overflowgid", 65_534)
                .constant("kernel/panic", 0)
                .constant("kernel/perf_event_paranoid", 2)
                .constant("kernel/printk", "7\t4\t1\t7")
                .constant("kernel/randomize_va_space", 0)
                .constant("kernel/tainted", 0)
                .constant("kernel/unprivileged_bpf_disabled", 2);
    }

    private static void random(SysctlTable table, SystemView system) {
        String boot = uuid(system);
        table.constant("kernel/random/boot_id", boot)
                .constant("kernel/random/entropy_avail", 256)
                .constant("kernel/random/poolsize", 256)
                .constant("kernel/random/urandom_min_reseed_secs", 60)
                .text("kernel/random/uuid", () -> uuid(system))
                .constant("kernel/random/write_wakeup_threshold", 256);
    }

    /// A random UUID of version 4. Linux: generate_random_uuid()
    private static String uuid(SystemView system) {
        byte[] bytes = new byte[UUID_BYTES];
        system.random(bytes);
        bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < UUID_BYTES; i++) {
            out.append(i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "");
            out.append("%02x".formatted(bytes[i]));
        }
        return out.toString();
    }

    private static void interProcess(SysctlTable table) {
        table.constant("kernel/shmmax", "18446744073692774399")
                .constant("kernel/shmall", "18446744073692774399")
                .constant("kernel/shmmni", 4096)
                .constant("kernel/shm_rmid_forced", 0)
                .constant("kernel/msgmax", 8192)
                .constant("kernel/msgmnb", 16_384)
                .constant("kernel/msgmni", 32_000)
                .constant("kernel/sem", "32000\t1024000000\t500\t32000");
    }

    private static void memory(SysctlTable table) {
        table.constant("vm/overcommit_memory", 0)
                .constant("vm/overcommit_ratio", 50)
                .constant("vm/overcommit_kbytes", 0)
                .constant("vm/max_map_count", 65_530)
                .constant("vm/mmap_min_addr", 65_536)
                .constant("vm/legacy_va_layout", 0)
                .constant("vm/memfd_noexec", 0)
                .constant("vm/min_free_kbytes", 0)
                .constant("vm/nr_hugepages", 0)
                .constant("vm/nr_overcommit_hugepages", 0)
                .constant("vm/oom_kill_allocating_task", 0)
                .constant("vm/page-cluster", 3)
                .constant("vm/panic_on_oom", 0)
                .constant("vm/swappiness", 60)
                .constant("vm/unprivileged_userfaultfd", 0)
                .constant("vm/vfs_cache_pressure", 100);
    }

    private static void files(SysctlTable table, Vfs vfs) {
        table.constant("fs/file-max", Long.MAX_VALUE)
                .text("fs/file-nr", () -> vfs.openFileCount() + "\t0\t" + Long.MAX_VALUE)
                .constant("fs/nr_open", 1 << 20)
                .constant("fs/pipe-max-size", 1 << 20)
                .constant("fs/pipe-user-pages-hard", 0)
                .constant("fs/pipe-user-pages-soft", 16_384)
                .constant("fs/mount-max", 100_000)
                .constant("fs/overflowuid", 65_534)
                .constant("fs/overflowgid", 65_534)
                .constant("fs/protected_hardlinks", 0)
                .constant("fs/protected_symlinks", 0)
                .constant("fs/suid_dumpable", 0)
                .constant("fs/epoll/max_user_watches", 1_000_000);
    }
}
