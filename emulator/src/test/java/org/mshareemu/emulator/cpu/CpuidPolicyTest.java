package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

final class CpuidPolicyTest {
    private static int[] cpuid(int leaf, int subleaf) {
        int[] registers = new int[4];
        CpuidPolicy.standard().cpuid(leaf, subleaf, registers);
        return registers;
    }

    @Test
    void whatRunsWrongOrNotTheSameIsHidden() {
        int[] features = cpuid(1, 0);
        int[] extended = cpuid(7, 0);

        // FMA, XSAVE, OSXSAVE, AVX, F16C, RDRAND.
        assertEquals(0, features[2] & (1 << 12 | 1 << 26 | 1 << 27 | 1 << 28 | 1 << 29 | 1 << 30));
        // AVX2, ERMS, RTM, RDSEED, ADX.
        assertEquals(0, extended[1] & (1 << 5 | 1 << 9 | 1 << 11 | 1 << 18 | 1 << 19));
        assertArrayEquals(new int[4], cpuid(0xd, 0));
    }

    @Test
    void everythingOfX8664V2IsThere() {
        int[] features = cpuid(1, 0);

        // SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2, POPCNT; FPU, CX8, CMOV, MMX, FXSR, SSE, SSE2;
        // LAHF, SYSCALL.
        int ecx = 1 | 1 << 9 | 1 << 13 | 1 << 19 | 1 << 20 | 1 << 23;
        int edx = 1 | 1 << 8 | 1 << 15 | 1 << 23 | 1 << 24 | 1 << 25 | 1 << 26;
        assertEquals(ecx, features[2] & ecx);
        assertEquals(edx, features[3] & edx);
        assertEquals(1, cpuid(0x8000_0001, 0)[2] & 1);
        assertEquals(1 << 11, cpuid(0x8000_0001, 0)[3] & (1 << 11));
    }

    @Test
    void brandIsOurs() {
        ByteBuffer brand = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (int leaf = 0x8000_0002; leaf <= 0x8000_0004; leaf++) {
            for (int register : cpuid(leaf, 0)) {
                brand.putInt(register);
            }
        }
        assertEquals(
                CpuidPolicy.BRAND, new String(brand.array(), StandardCharsets.US_ASCII).trim());
    }

    @Test
    void subleavesEndAndUnknownLeavesAreZero() {
        assertEquals(0, cpuid(4, 4)[0]);
        assertEquals(3, (cpuid(4, 3)[0] >> 5) & 7);
        assertArrayEquals(new int[4], cpuid(7, 1));
        assertArrayEquals(new int[4], cpuid(0x1234, 0));
        assertArrayEquals(cpuid(1, 0), cpuid(1, 99));
    }
}
