package org.mshareemu.mshare;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.emulator.kernel.vfs.Attributes;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// A region file: a control file whose contents cannot be read or written, only mapped. Whatever is
/// not overridden here answers as a file without that operation does.
///
/// Linux: the inode of an msharefs file and msharefs_file_operations (patches 01, 05, 07, 18)
final class MshareFile extends Inode {
    private final MshareRegion region;
    private final FileOperations operations;

    MshareFile(
            SuperBlock superBlock, long number, int mode, int uid, int gid, MshareRegion region) {
        super(superBlock, number, mode, uid, gid);
        this.region = region;
        this.operations = new Operations(region);
    }

    @Override
    public FileOperations fileOperations() {
        return operations;
    }

    @Override
    protected void resize(long newSizeBytes, CallerContext caller) throws ErrnoException {
        region.setSize(newSizeBytes);
        setSize(newSizeBytes);
    }

    @Override
    protected void evict() {
        region.destroy();
    }

    private static final class Operations implements FileOperations {
        private final MshareRegion region;
        private final MshareVmOperations windows;

        Operations(MshareRegion region) {
            this.region = region;
            this.windows = new MshareVmOperations(region);
        }

        @Override
        public long ioctl(OpenFile file, int command, long argument, CallerContext caller)
                throws ErrnoException {
            return MshareIoctls.ioctl(region, command, argument, caller);
        }

        /// The only way besides truncation to set the size; the checks on the size are those of
        /// setattr.
        @Override
        public void fallocate(
                OpenFile file, int mode, long offset, long lengthBytes, CallerContext caller)
                throws ErrnoException {
            if (mode != 0) {
                throw Errno.EOPNOTSUPP.exception();
            }
            if (offset != 0) {
                throw Errno.EINVAL.exception();
            }
            ((MshareFile) file.inode()).setSizeChecked(lengthBytes, caller);
        }

        @Override
        public boolean isMappable(OpenFile file) {
            return true;
        }

        @Override
        public long getUnmappedArea(OpenFile file, AddressSpace space, MmapRequest request)
                throws ErrnoException {
            return MsharePlacement.choose(region, space, request);
        }

        @Override
        public void mapped(OpenFile file, VmArea area) {
            area.setFlags(area.flags() | VmFlags.VM_MSHARE | VmFlags.VM_DONTEXPAND);
            area.setOperations(windows);
        }
    }

    private void setSizeChecked(long newSizeBytes, CallerContext caller) throws ErrnoException {
        Attributes.checkNewSize(this, newSizeBytes, caller);
        resize(newSizeBytes, caller);
    }
}
