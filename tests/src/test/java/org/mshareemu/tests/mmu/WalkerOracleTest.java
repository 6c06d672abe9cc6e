package org.mshareemu.tests.mmu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.paging.WalkResult;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The same random tables and accesses through our walker and through the engine's own MMU: same
/// translations, faults, error codes, and accessed and dirty bits.
final class WalkerOracleTest {
    private static final int TABLE_SETS = 160;
    private static final int ACCESSES_PER_SET = 256;

    /// MAXPHYADDR of the engine's processor.
    private static final int PHYSICAL_ADDRESS_BITS = 40;

    private static final int[] ACCESSES = {
        0,
        PageFaultError.WRITE,
        PageFaultError.FETCH,
        PageFaultError.USER,
        PageFaultError.USER | PageFaultError.WRITE,
        PageFaultError.USER | PageFaultError.FETCH
    };

    /// Everything that is the same for one combination of CR0.WP and EFER.NXE.
    private record Mode(
            PagingControls controls, PageWalker walker, long supervisorContext, long userContext) {
        long context(int access) {
            return (access & PageFaultError.USER) == 0 ? supervisorContext : userContext;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0x5eed_0001, 0x5eed_0002, 0x5eed_0003})
    void walkerAgreesWithTheEnginesMmu(long seed) {
        Map<String, Integer> seen = new TreeMap<>();
        try (PhysicalMemory ours = PhysicalMemory.reserve(RandomTables.END_PADDR);
                PhysicalMemory theirs = PhysicalMemory.reserve(RandomTables.MEMORY_BYTES);
                OracleCpu oracle = new OracleCpu(theirs)) {
            Random random = new Random(seed);
            RandomTables tables = new RandomTables(random, PHYSICAL_ADDRESS_BITS);
            tables.fill(ours, theirs);
            List<Mode> modes = modes(ours, oracle);
            for (int set = 0; set < TABLE_SETS; set++) {
                tables.fill(ours, theirs);
                Mode mode = modes.get(set % modes.size());
                for (int i = 0; i < ACCESSES_PER_SET; i++) {
                    int kind = random.nextInt(ACCESSES.length);
                    Case access =
                            new Case(seed, set, mode, tables.vaddr(), kind, random.nextLong());
                    seen.merge(compare(access, ours, theirs, oracle), 1, Integer::sum);
                }
                assertSameTables(ours, theirs);
                theirs.discard(512, theirs.frameCount() - 512);
            }
        }
        report(seed, seen);
        assertEquals(everyKind(), seen.keySet());
    }

    private static void report(long seed, Map<String, Integer> seen) {
        int translated = 0;
        for (Map.Entry<String, Integer> kind : seen.entrySet()) {
            translated += kind.getKey().startsWith("translated") ? kind.getValue() : 0;
        }
        System.out.printf(
                "walker oracle: seed 0x%x: %d cases, %d translated, %d kinds of outcome%n",
                seed, TABLE_SETS * ACCESSES_PER_SET, translated, seen.size());
    }

    /// All that can happen: the test is worth nothing where it does not get.
    private static Set<String> everyKind() {
        Set<String> kinds = new TreeSet<>(Set.of("non-canonical"));
        for (int access : ACCESSES) {
            for (Level level : Level.values()) {
                if (level.canBeLeaf()) {
                    kinds.add("translated " + access + " " + level);
                    kinds.add("translated " + access + " " + level + " without WP");
                    if (access != 0) {
                        kinds.add("fault " + (access | PageFaultError.PRESENT) + " " + level);
                    }
                }
                kinds.add("fault " + access + " " + level);
                kinds.add(
                        "fault "
                                + (access | PageFaultError.PRESENT | PageFaultError.RESERVED)
                                + " "
                                + level);
            }
        }
        return kinds;
    }

    private record Case(long seed, int set, Mode mode, long vaddr, int kind, long value) {
        int access() {
            return ACCESSES[kind];
        }

        @Override
        public String toString() {
            return String.format(
                    "seed 0x%x, set %d, %s, vaddr 0x%x, access %d",
                    seed, set, mode.controls, vaddr, access());
        }
    }

    private static List<Mode> modes(PhysicalMemory ours, OracleCpu oracle) {
        List<Mode> modes = new ArrayList<>();
        for (long cr0 : new long[] {PagingControls.CR0_WP, 0}) {
            for (long efer : new long[] {PagingControls.EFER_NXE, 0}) {
                PagingControls controls = new PagingControls(cr0, efer, PHYSICAL_ADDRESS_BITS);
                long supervisor = oracle.prepare(controls, 0, RandomTables.ROOT);
                long user = oracle.prepare(controls, PageFaultError.USER, RandomTables.ROOT);
                modes.add(new Mode(controls, new PageWalker(ours, controls), supervisor, user));
            }
        }
        return modes;
    }

    /// Runs one access on both sides and compares everything; returns what kind of outcome it was.
    private static String compare(
            Case access, PhysicalMemory ours, PhysicalMemory theirs, OracleCpu oracle) {
        String before = path(ours, access.vaddr);
        long peeked = access.mode.walker.peek(RandomTables.ROOT, access.vaddr, access.access());
        assertEquals(before, path(ours, access.vaddr), access::toString);
        long result = access.mode.walker.walk(RandomTables.ROOT, access.vaddr, access.access());
        assertEquals(peeked, result, access::toString);
        boolean fetch = (access.access() & PageFaultError.FETCH) != 0;
        long paddr = -1;
        if (WalkResult.isTranslated(result)) {
            // Code in the upper half of a frame, data in the lower: stores never touch what was
            // translated.
            paddr = WalkResult.framePaddr(result) | (access.vaddr & 0x7f8) | (fetch ? 0x800 : 0);
            plant(theirs, paddr, fetch);
        }
        long vaddr = (access.vaddr & ~0x800L) | (fetch ? 0x800 : 0);
        OracleCpu.Outcome outcome =
                oracle.access(
                        access.mode.context(access.access()), vaddr, access.access(), access.value);
        OracleCpu.Outcome expected = expected(access, vaddr, result, paddr);
        assertEquals(expected, outcome, () -> access + "\nbefore " + before);
        if (isRefusedByHugeLeaf(access, result, ours)) {
            markAccessedAsTheEngineDoes(access.vaddr, ours);
        }
        assertEquals(
                path(ours, access.vaddr),
                path(theirs, access.vaddr),
                () -> access + "\nbefore " + before);
        if (WalkResult.isTranslated(result) && (access.access() & PageFaultError.WRITE) != 0) {
            assertEquals(access.value, theirs.readLong(paddr), access::toString);
        }
        return kind(access, result);
    }

    /// What a load or a fetch at `paddr`, and nowhere else, finds.
    private static void plant(PhysicalMemory memory, long paddr, boolean fetch) {
        if (!fetch) {
            memory.writeLong(paddr, mark(paddr));
            return;
        }
        memory.writeByte(paddr, (byte) 0xb8);
        memory.writeInt(paddr + 1, (int) mark(paddr));
        memory.writeByte(paddr + 5, (byte) 0xcc);
    }

    private static long mark(long paddr) {
        return paddr * 0x9e37_79b9_7f4a_7c15L;
    }

    private static OracleCpu.Outcome expected(Case access, long vaddr, long result, long paddr) {
        if (result == WalkResult.NON_CANONICAL) {
            return new OracleCpu.Outcome(OracleCpu.GENERAL_PROTECTION, 0, 0, OracleCpu.UNTOUCHED);
        }
        if (!WalkResult.isTranslated(result)) {
            return new OracleCpu.Outcome(
                    OracleCpu.PAGE_FAULT, WalkResult.errorCode(result), vaddr, OracleCpu.UNTOUCHED);
        }
        long rax =
                switch (access.access() & ~PageFaultError.USER) {
                    case PageFaultError.WRITE -> OracleCpu.UNTOUCHED;
                    case PageFaultError.FETCH -> Integer.toUnsignedLong((int) mark(paddr));
                    default -> mark(paddr);
                };
        return new OracleCpu.Outcome(-1, 0, 0, rax);
    }

    private static String kind(Case access, long result) {
        if (result == WalkResult.NON_CANONICAL) {
            return "non-canonical";
        }
        if (!WalkResult.isTranslated(result)) {
            return "fault " + WalkResult.errorCode(result) + " " + WalkResult.faultLevel(result);
        }
        return "translated "
                + access.access()
                + " "
                + WalkResult.leafLevel(result)
                + (access.mode.controls.isWriteProtected() ? "" : " without WP");
    }

    /// Refused at a 1 GiB leaf, though not by the reserved bits that are looked at before the
    /// leaf's size.
    private static boolean isRefusedByHugeLeaf(Case access, long result, PhysicalMemory ours) {
        if (WalkResult.isTranslated(result)
                || result == WalkResult.NON_CANONICAL
                || WalkResult.faultLevel(result) != Level.PUD) {
            return false;
        }
        long entry = ours.readLong(pudEntryPaddr(access.vaddr, ours));
        long reserved = Pte.FRAME_MASK & -(1L << PHYSICAL_ADDRESS_BITS);
        if (!access.mode.controls.isNoExecuteEnabled()) {
            reserved |= Pte.NX;
        }
        return Pte.isPresent(entry) && Pte.isLarge(entry) && (entry & reserved) == 0;
    }

    private static void markAccessedAsTheEngineDoes(long vaddr, PhysicalMemory ours) {
        long entryPaddr = pudEntryPaddr(vaddr, ours);
        ours.writeLong(entryPaddr, Pte.withAccessed(ours.readLong(entryPaddr)));
    }

    private static long pudEntryPaddr(long vaddr, PhysicalMemory memory) {
        return Pte.paddr(memory.readLong(RandomTables.ROOT + Level.PGD.index(vaddr) * 8L))
                + Level.PUD.index(vaddr) * 8L;
    }

    /// The entries that a walk of `vaddr` passes, as text.
    private static String path(PhysicalMemory memory, long vaddr) {
        StringBuilder text = new StringBuilder();
        long table = RandomTables.ROOT;
        for (Level level : Level.values()) {
            long entry = memory.readLong(table + level.index(vaddr) * 8L);
            text.append(' ').append(level).append(" 0x").append(Long.toHexString(entry));
            table = Pte.paddr(entry);
            if (!Pte.isPresent(entry)
                    || Pte.isLeaf(entry, level)
                    || table < RandomTables.ROOT
                    || table >= RandomTables.END_PADDR) {
                break;
            }
        }
        return text.toString();
    }

    private static void assertSameTables(PhysicalMemory ours, PhysicalMemory theirs) {
        for (long paddr = RandomTables.FIRST_PADDR; paddr < RandomTables.END_PADDR; paddr += 8) {
            assertEquals(ours.readLong(paddr), theirs.readLong(paddr));
        }
    }
}
