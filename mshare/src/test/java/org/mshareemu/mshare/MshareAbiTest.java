package org.mshareemu.mshare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

/// The numbers of the interface, computed as the macros of ioctl.h do, and the rule of the size.
class MshareAbiTest {
    @Test
    void commandNumbersEncodeDirectionSizeTypeAndNumber() {
        assertEquals(ioctlWrite(0, MshareAbi.CREATE_SIZE), MshareAbi.MSHAREFS_CREATE_MAPPING);
        assertEquals(ioctlWrite(1, MshareAbi.UNMAP_SIZE), MshareAbi.MSHAREFS_UNMAP);
    }

    private static int ioctlWrite(int number, int sizeBytes) {
        return 1 << 30 | sizeBytes << 16 | 'x' << 8 | number;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4096, (1L << 39) - 1, (1L << 39) + 4096, 3L << 38})
    void sizeMustBeAMultipleOf512GiB(long sizeBytes) throws ErrnoException {
        try (RegionFixture fixture = new RegionFixture()) {
            ErrnoException refused =
                    assertThrows(ErrnoException.class, () -> fixture.region.setSize(sizeBytes));
            assertEquals(Errno.EINVAL, refused.errno());
            assertEquals(false, fixture.region.isInitialised());
            fixture.closeWith();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 39, 5L << 39})
    void sizeCanBeSetOnceEvenToZero(long sizeBytes) throws ErrnoException {
        try (RegionFixture fixture = new RegionFixture()) {
            fixture.region.setSize(sizeBytes);
            assertEquals(sizeBytes, fixture.region.sizeBytes());
            ErrnoException refused =
                    assertThrows(ErrnoException.class, () -> fixture.region.setSize(sizeBytes));
            assertEquals(Errno.EINVAL, refused.errno());
            fixture.closeWith();
        }
    }
}
