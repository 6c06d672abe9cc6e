package org.mshareemu.emulator.kernel.abi;

/// Commands of ioctl(2) that the file side serves. Linux: asm-generic/ioctls.h, linux/fs.h
public final class Ioctls {
    public static final int TCGETS = 0x5401;
    public static final int TCSETS = 0x5402;
    public static final int TCSETSW = 0x5403;
    public static final int TCSETSF = 0x5404;
    public static final int TIOCSCTTY = 0x540e;
    public static final int TIOCGPGRP = 0x540f;
    public static final int TIOCSPGRP = 0x5410;
    public static final int TIOCOUTQ = 0x5411;
    public static final int TIOCGWINSZ = 0x5413;
    public static final int TIOCSWINSZ = 0x5414;
    public static final int FIONREAD = 0x541b;
    public static final int FIONBIO = 0x5421;
    public static final int TIOCNOTTY = 0x5422;
    public static final int TIOCGSID = 0x5429;
    public static final int FIONCLEX = 0x5450;
    public static final int FIOCLEX = 0x5451;
    public static final int FIOASYNC = 0x5452;
    public static final int FIOQSIZE = 0x5460;
    public static final int FIGETBSZ = 2;
    public static final int FIBMAP = 1;
    public static final int FIFREEZE = 0xc004_5877;
    public static final int FITHAW = 0xc004_5878;
    public static final int FICLONE = 0x4004_9409;
    public static final int FS_IOC_GETFLAGS = 0x8008_6601;
    public static final int FS_IOC_SETFLAGS = 0x4008_6602;

    private Ioctls() {}

    /// The data size coded into a command. Linux: _IOC_SIZE()
    public static int size(int command) {
        return (command >>> 16) & 0x3fff;
    }
}
