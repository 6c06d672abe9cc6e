package org.mshareemu.emulator.kernel.vfs.devfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Poll;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.memmap.PageSource;
import org.mshareemu.emulator.kernel.memmap.SharedAnonymousFile;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.DeviceTable;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Seek;
import org.mshareemu.emulator.kernel.vfs.Vfs;

import java.util.random.RandomGenerator;

/// null, zero, full, random, urandom and kmsg. Linux: drivers/char/mem.c, random.c
public final class MemoryDevices {
    /// Linux: MEM_MAJOR
    public static final int MAJOR = 1;

    static final long NULL = Stat.makeDevice(MAJOR, 3);
    static final long ZERO = Stat.makeDevice(MAJOR, 5);
    static final long FULL = Stat.makeDevice(MAJOR, 7);
    static final long RANDOM = Stat.makeDevice(MAJOR, 8);
    static final long URANDOM = Stat.makeDevice(MAJOR, 9);
    static final long KMSG = Stat.makeDevice(MAJOR, 11);

    private static final int CHUNK_BYTES = 4096;
    private static final int RNDGETENTCNT = 0x8004_5200;

    private MemoryDevices() {}

    /// Registers the drivers.
    ///
    /// @param random what the random devices give
    public static void register(Vfs vfs, RandomGenerator random) {
        DeviceTable devices = vfs.devices();
        Random randomDevice = new Random(random);
        devices.register(NULL, new Null());
        devices.register(ZERO, new Zero());
        devices.register(FULL, new Full());
        devices.register(RANDOM, randomDevice);
        devices.register(URANDOM, randomDevice);
        devices.register(KMSG, new Null());
    }

    private static class Null implements FileOperations {
        @Override
        public long read(OpenFile file, IovIter to, long position, CallerContext caller)
                throws ErrnoException {
            return 0;
        }

        @Override
        public long write(OpenFile file, IovIter from, long position, CallerContext caller)
                throws ErrnoException {
            return from.count();
        }

        @Override
        public boolean isSeekable() {
            return true;
        }

        @Override
        public boolean movesPosition() {
            return false;
        }

        @Override
        public long llseek(OpenFile file, long offset, int whence) {
            return Seek.zero(file);
        }
    }

    private static class Zero extends Null {
        @Override
        public long read(OpenFile file, IovIter to, long position, CallerContext caller)
                throws ErrnoException {
            long wanted = to.count();
            long done = to.zero(wanted);
            if (done == 0 && wanted > 0) {
                throw Errno.EFAULT.exception();
            }
            return done;
        }

        @Override
        public boolean isMappable(OpenFile file) {
            return true;
        }

        /// Shared: a memory file of its own in place of the device; private: plain anonymous
        /// memory. Linux: mmap_zero()
        @Override
        public void mapped(OpenFile file, VmArea area) {
            if (!area.isShared()) {
                return;
            }
            Vfs vfs = file.path().mount().vfs();
            SharedAnonymousFile memory =
                    new SharedAnonymousFile(
                            vfs.newPageCache(PageSource.ZERO),
                            area.lengthBytes(),
                            vfs.nextInodeNumber(),
                            SharedAnonymousFile.DEV_ZERO,
                            () -> {});
            area.setFile(memory);
            memory.mapped(area);
            file.release();
        }
    }

    private static final class Full extends Zero {
        @Override
        public long write(OpenFile file, IovIter from, long position, CallerContext caller)
                throws ErrnoException {
            throw Errno.ENOSPC.exception();
        }

        @Override
        public boolean isMappable(OpenFile file) {
            return false;
        }
    }

    private static final class Random implements FileOperations {
        private final RandomGenerator source;

        Random(RandomGenerator source) {
            this.source = source;
        }

        @Override
        public long read(OpenFile file, IovIter to, long position, CallerContext caller)
                throws ErrnoException {
            byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, to.count())];
            long done = 0;
            while (to.count() > 0) {
                source.nextBytes(chunk);
                int length = (int) Math.min(chunk.length, to.count());
                int copied = to.copyTo(chunk, 0, length);
                done += copied;
                if (copied < length) {
                    break;
                }
            }
            if (done == 0 && to.count() > 0) {
                throw Errno.EFAULT.exception();
            }
            return done;
        }

        @Override
        public long write(OpenFile file, IovIter from, long position, CallerContext caller)
                throws ErrnoException {
            return from.count();
        }

        @Override
        public boolean isSeekable() {
            return true;
        }

        @Override
        public boolean movesPosition() {
            return false;
        }

        @Override
        public long llseek(OpenFile file, long offset, int whence) {
            return Seek.noop(file);
        }

        @Override
        public int poll(OpenFile file) {
            return Poll.DEFAULT_POLLMASK;
        }

        @Override
        public boolean isPollable() {
            return true;
        }

        @Override
        public long ioctl(OpenFile file, int command, long argument, CallerContext caller)
                throws ErrnoException {
            if (command == RNDGETENTCNT) {
                caller.memory().writeInt(argument, 256);
                return 0;
            }
            throw Errno.EINVAL.exception();
        }
    }
}
