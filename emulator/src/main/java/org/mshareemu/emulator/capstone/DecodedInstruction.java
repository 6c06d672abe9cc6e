package org.mshareemu.emulator.capstone;

/// One instruction in words.
///
/// @param vaddr where it stands
/// @param lengthBytes 1 to 15
/// @param mnemonic with prefixes, as `rep movsb`
/// @param operands empty where it has none
public record DecodedInstruction(long vaddr, int lengthBytes, String mnemonic, String operands) {
    /// Mnemonic and operands.
    public String text() {
        return operands.isEmpty() ? mnemonic : mnemonic + " " + operands;
    }
}
