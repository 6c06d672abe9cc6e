package org.mshareemu.emulator.kernel.mm;

/// Where exec put the parts of the program; for /proc and prctl(2), PR_SET_MM.
///
/// Linux: start_code … env_end of struct mm_struct
public record ProgramLayout(
        long startCode,
        long endCode,
        long startData,
        long endData,
        long startBrk,
        long startStack,
        long argStart,
        long argEnd,
        long envStart,
        long envEnd) {
    /// An address space without a program.
    public static final ProgramLayout NONE = new ProgramLayout(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
