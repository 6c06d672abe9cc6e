package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// Random programs against the native kernel: same results, same faults, same areas after each
/// step.
class NativeOracleTest {
    private static final int PROGRAMS = Integer.getInteger("mm.oracle.programs", 150);
    private static final long FIRST_SEED = Long.getLong("mm.oracle.seed", 20_000);
    private static final int STEPS = 80;

    /// Linux moves several areas with one mremap(2) since 6.17.
    private static boolean isOracleRecent() {
        String[] parts = System.getProperty("os.version").split("[^0-9]+", -1);
        int version = Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
        return System.getProperty("os.name").equals("Linux") && version >= 617;
    }

    @Test
    void randomProgramsGoAsOnTheNativeKernel(@TempDir Path directory) throws Exception {
        assumeTrue(isOracleRecent(), "needs Linux 6.17 or later to compare with");
        Path program = NativeOracle.compile(directory);
        assumeTrue(program != null, "needs a C compiler");
        for (long seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
            OracleProgram run = null;
            try (MmFixture machine = new MmFixture(8192);
                    NativeOracle oracle = new NativeOracle(program)) {
                machine.context.setMinAddress(4096);
                run = new OracleProgram(machine, oracle, seed);
                for (int step = 0; step < STEPS; step++) {
                    run.step();
                    machine.check();
                }
                run.finish();
            } catch (Exception | AssertionError e) {
                String steps = run == null ? "" : String.join("\n", run.log());
                throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + steps, e);
            }
        }
    }
}
