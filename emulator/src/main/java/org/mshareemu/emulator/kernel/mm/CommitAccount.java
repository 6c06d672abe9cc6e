package org.mshareemu.emulator.kernel.mm;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;

/// Memory promised to address spaces, whether used or not, and whether more may be promised.
///
/// Linux: vm_committed_as and __vm_enough_memory(); see proc_sys_vm(5), overcommit_memory
public final class CommitAccount {
    /// Refuse only what can never be served. Linux: OVERCOMMIT_GUESS
    public static final int GUESS = 0;

    /// Refuse nothing. Linux: OVERCOMMIT_ALWAYS
    public static final int ALWAYS = 1;

    /// Refuse what exceeds the commit limit. Linux: OVERCOMMIT_NEVER
    public static final int NEVER = 2;

    /// Pages kept for root in mode 2: 8 MiB. Linux: sysctl_admin_reserve_kbytes
    private static final long ADMIN_RESERVE_PAGES = 2048;

    /// Most pages kept for others in mode 2: 128 MiB. Linux: sysctl_user_reserve_kbytes
    private static final long USER_RESERVE_PAGES = 32768;

    private final long totalPages;
    private long swapPages;
    private int mode = GUESS;
    private int ratioPercent = 50;
    private long committedPages;

    /// @param totalPages all memory of the machine
    public CommitAccount(long totalPages) {
        this.totalPages = totalPages;
    }

    /// Linux: sysctl_overcommit_memory
    public int mode() {
        return mode;
    }

    public void setMode(int newMode) {
        mode = newMode;
    }

    /// Linux: sysctl_overcommit_ratio
    public int ratioPercent() {
        return ratioPercent;
    }

    public void setRatioPercent(int percent) {
        ratioPercent = percent;
    }

    /// Linux: total_swap_pages
    public void setSwapPages(long pages) {
        swapPages = pages;
    }

    /// Linux: Committed_AS in /proc/meminfo
    public long committedPages() {
        return committedPages;
    }

    /// Linux: vm_commit_limit(), CommitLimit in /proc/meminfo
    public long limitPages() {
        return totalPages * ratioPercent / 100 + swapPages;
    }

    /// Promises memory. Linux: security_vm_enough_memory_mm()
    ///
    /// @param spacePages size of the address space that asks
    /// @throws ErrnoException ENOMEM
    public void charge(long pages, long spacePages, Credentials credentials) throws ErrnoException {
        if (!isAllowed(pages, spacePages, credentials)) {
            throw Errno.ENOMEM.exception();
        }
        committedPages += pages;
    }

    /// Takes a promise back. Linux: vm_unacct_memory()
    public void uncharge(long pages) {
        committedPages -= pages;
    }

    private boolean isAllowed(long pages, long spacePages, Credentials credentials) {
        return switch (mode) {
            case ALWAYS -> true;
            case NEVER -> {
                long allowed = limitPages();
                if (!credentials.isCapable(Credentials.CAP_SYS_ADMIN)) {
                    allowed -= ADMIN_RESERVE_PAGES;
                }
                allowed -= Math.min(spacePages / 32, USER_RESERVE_PAGES);
                yield committedPages + pages < allowed;
            }
            default -> pages <= totalPages + swapPages;
        };
    }
}
