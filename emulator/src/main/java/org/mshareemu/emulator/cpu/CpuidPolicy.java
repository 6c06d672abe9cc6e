package org.mshareemu.emulator.cpu;

import java.util.Map;
import java.util.TreeMap;

/// What CPUID tells the guest: the same on every host.
///
/// Only what the engine executes right, and what is the same in every run: no AVX (three-operand
/// VEX forms run silently wrong), no RDRAND and RDSEED (they come from the host), no ERMS
/// (libraries would choose string instructions, which are slow here), no XSAVE (signal frames then
/// end with the FXSAVE image). SDM Vol. 2A, CPUID
public final class CpuidPolicy {
    /// Addressing as the page walker does it: 46 physical bits, 48 virtual.
    private static final int ADDRESS_BITS = 46 | 48 << 8;

    private static final int SUBLEAF_NONE = 0;

    private static final String VENDOR = "GenuineIntel";
    private static final String HYPERVISOR_VENDOR = "MshareEmu\0\0\0";

    /// The processor's name, also for /proc/cpuinfo.
    public static final String BRAND = "mshare-emu virtual x86-64 processor";

    // Leaf 1, EDX.
    private static final int FPU = 1 << 0;
    private static final int TSC = 1 << 4;
    private static final int MSR = 1 << 5;
    private static final int PAE = 1 << 6;
    private static final int CX8 = 1 << 8;
    private static final int SEP = 1 << 11;
    private static final int PGE = 1 << 13;
    private static final int CMOV = 1 << 15;
    private static final int PAT = 1 << 16;
    private static final int PSE36 = 1 << 17;
    private static final int CLFLUSH = 1 << 19;
    private static final int MMX = 1 << 23;
    private static final int FXSR = 1 << 24;
    private static final int SSE = 1 << 25;
    private static final int SSE2 = 1 << 26;
    private static final int DE_PSE = 1 << 2 | 1 << 3;

    // Leaf 1, ECX.
    private static final int SSE3 = 1 << 0;
    private static final int PCLMULQDQ = 1 << 1;
    private static final int SSSE3 = 1 << 9;
    private static final int CX16 = 1 << 13;
    private static final int SSE4_1 = 1 << 19;
    private static final int SSE4_2 = 1 << 20;
    private static final int MOVBE = 1 << 22;
    private static final int POPCNT = 1 << 23;
    private static final int AES = 1 << 25;
    private static final int HYPERVISOR = 1 << 31;

    // Leaf 7, EBX.
    private static final int FSGSBASE = 1 << 0;
    private static final int BMI1 = 1 << 3;
    private static final int SMEP = 1 << 7;
    private static final int BMI2 = 1 << 8;

    // Leaf 8000_0001h.
    private static final int LAHF_LM = 1 << 0;
    private static final int LZCNT = 1 << 5;
    private static final int SYSCALL = 1 << 11;
    private static final int NX = 1 << 20;
    private static final int PDPE1GB = 1 << 26;
    private static final int RDTSCP = 1 << 27;
    private static final int LONG_MODE = 1 << 29;

    /// Family 6, model 60, stepping 3.
    private static final int SIGNATURE = 0x306c3;

    /// By leaf and subleaf; four registers each.
    private final Map<Long, int[]> leaves;

    private static final int[] NOTHING = {0, 0, 0, 0};

    private CpuidPolicy(Map<Long, int[]> leaves) {
        this.leaves = leaves;
    }

    /// The policy of all machines.
    public static CpuidPolicy standard() {
        return Standard.POLICY;
    }

    private static final class Standard {
        static final CpuidPolicy POLICY = new CpuidPolicy(build());
    }

    /// Writes EAX, EBX, ECX and EDX; leaves and subleaves that do not exist are zero.
    public void cpuid(int leaf, int subleaf, int[] registers) {
        int[] found =
                leaves.getOrDefault(
                        key(leaf, hasSubleaves(leaf) ? subleaf : SUBLEAF_NONE), NOTHING);
        System.arraycopy(found, 0, registers, 0, found.length);
    }

    private static boolean hasSubleaves(int leaf) {
        return leaf == 4 || leaf == 7;
    }

    private static long key(int leaf, int subleaf) {
        return Integer.toUnsignedLong(leaf) << 32 | Integer.toUnsignedLong(subleaf);
    }

    private static Map<Long, int[]> build() {
        Map<Long, int[]> leaves = new TreeMap<>();
        int[] vendor = words(VENDOR);
        put(leaves, 0, 0, 7, vendor[0], vendor[2], vendor[1]);
        put(leaves, 1, 0, SIGNATURE, 8 << 8, features1Ecx(), features1Edx());
        // Cache descriptors: none here, see leaf 4.
        put(leaves, 2, 0, 0x00ff_ff01, 0, 0, 0);
        putCache(leaves, 0, 1, 1, 8, 64);
        putCache(leaves, 1, 2, 1, 8, 64);
        putCache(leaves, 2, 3, 2, 8, 512);
        putCache(leaves, 3, 3, 3, 16, 8192);
        put(leaves, 7, 0, 0, FSGSBASE | BMI1 | SMEP | BMI2, 0, 0);
        int[] hypervisor = words(HYPERVISOR_VENDOR);
        put(leaves, 0x4000_0000, 0, 0x4000_0000, hypervisor[0], hypervisor[1], hypervisor[2]);
        put(leaves, 0x8000_0000, 0, 0x8000_0008, 0, 0, 0);
        put(
                leaves,
                0x8000_0001,
                0,
                0,
                0,
                LAHF_LM | LZCNT,
                SYSCALL | NX | PDPE1GB | RDTSCP | LONG_MODE);
        int[] brand = words(BRAND + "\0".repeat(48 - BRAND.length()));
        for (int i = 0; i < 3; i++) {
            put(
                    leaves,
                    0x8000_0002 + i,
                    0,
                    brand[4 * i],
                    brand[4 * i + 1],
                    brand[4 * i + 2],
                    brand[4 * i + 3]);
        }
        // Second-level cache of 256 KiB, 8-way, lines of 64 bytes.
        put(leaves, 0x8000_0006, 0, 0, 0, 256 << 16 | 6 << 12 | 64, 0);
        // The time-stamp counter never stops and never changes its rate.
        put(leaves, 0x8000_0007, 0, 0, 0, 0, 1 << 8);
        put(leaves, 0x8000_0008, 0, ADDRESS_BITS, 0, 0, 0);
        return leaves;
    }

    private static int features1Edx() {
        return FPU | DE_PSE | TSC | MSR | PAE | CX8 | SEP | PGE | CMOV | PAT | PSE36 | CLFLUSH | MMX
                | FXSR | SSE | SSE2;
    }

    private static int features1Ecx() {
        return SSE3
                | PCLMULQDQ
                | SSSE3
                | CX16
                | SSE4_1
                | SSE4_2
                | MOVBE
                | POPCNT
                | AES
                | HYPERVISOR;
    }

    /// Leaf 4: `type` 1 data, 2 instruction, 3 both; lines of 64 bytes.
    private static void putCache(
            Map<Long, int[]> leaves, int subleaf, int type, int level, int ways, int sets) {
        put(leaves, 4, subleaf, type | level << 5 | 1 << 8, (ways - 1) << 22 | 63, sets - 1, 0);
    }

    private static void put(
            Map<Long, int[]> leaves, int leaf, int subleaf, int eax, int ebx, int ecx, int edx) {
        leaves.put(key(leaf, subleaf), new int[] {eax, ebx, ecx, edx});
    }

    /// Four characters to a word, the first in the low byte.
    private static int[] words(String text) {
        int[] words = new int[text.length() / 4];
        for (int i = 0; i < text.length(); i++) {
            words[i / 4] |= text.charAt(i) << (8 * (i % 4));
        }
        return words;
    }
}
