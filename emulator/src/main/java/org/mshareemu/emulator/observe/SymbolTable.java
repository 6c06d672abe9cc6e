package org.mshareemu.emulator.observe;

import net.fornwall.jelf.ElfException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Comparator;

/// The functions and objects of one ELF file by address, from its symbol table or, if it was
/// stripped, its dynamic one.
final class SymbolTable {
    /// A file without symbols.
    static final SymbolTable EMPTY =
            new SymbolTable(new long[0], new long[0], new String[0], new long[0][]);

    private final long[] starts;
    private final long[] sizes;
    private final String[] names;

    /// Of each loaded segment: file offset, bytes in the file, address.
    private final long[][] segments;

    private SymbolTable(long[] starts, long[] sizes, String[] names, long[][] segments) {
        this.starts = starts;
        this.sizes = sizes;
        this.names = names;
        this.segments = segments;
    }

    /// Reads a file's bytes; what is no ELF file has no symbols.
    static SymbolTable read(byte[] file) {
        try {
            ElfFile elf = ElfFile.from(file);
            ElfSymbolTableSection section = elf.getSymbolTableSection();
            if (section == null) {
                section = elf.getDynamicSymbolTableSection();
            }
            long[][] segments = segments(elf);
            return section == null
                    ? new SymbolTable(new long[0], new long[0], new String[0], segments)
                    : of(section.symbols, segments);
        } catch (ElfException | IndexOutOfBoundsException _) {
            return EMPTY;
        }
    }

    private static SymbolTable of(ElfSymbol[] all, long[][] segments) {
        ElfSymbol[] chosen =
                Arrays.stream(all)
                        .filter(SymbolTable::isCode)
                        .sorted(
                                Comparator.comparingLong((ElfSymbol s) -> s.st_value)
                                        .thenComparingInt(SymbolTable::rank))
                        .toArray(ElfSymbol[]::new);
        long[] starts = new long[chosen.length];
        long[] sizes = new long[chosen.length];
        String[] names = new String[chosen.length];
        int count = 0;
        for (ElfSymbol symbol : chosen) {
            String name = symbol.getName();
            if (name == null
                    || name.isEmpty()
                    || (count > 0 && starts[count - 1] == symbol.st_value)) {
                continue;
            }
            starts[count] = symbol.st_value;
            sizes[count] = symbol.st_size;
            names[count] = name;
            count++;
        }
        return new SymbolTable(
                Arrays.copyOf(starts, count),
                Arrays.copyOf(sizes, count),
                Arrays.copyOf(names, count),
                segments);
    }

    private static long[][] segments(ElfFile elf) {
        long[][] segments = new long[elf.e_phnum][];
        int count = 0;
        for (int i = 0; i < elf.e_phnum; i++) {
            ElfSegment segment = elf.getProgramHeader(i);
            if (segment.p_type == ElfSegment.PT_LOAD) {
                segments[count++] =
                        new long[] {segment.p_offset, segment.p_filesz, segment.p_vaddr};
            }
        }
        return Arrays.copyOf(segments, count);
    }

    /// A defined function, or a label of hand-written assembly.
    private static boolean isCode(ElfSymbol symbol) {
        int type = symbol.getType();
        return symbol.st_shndx != 0
                && symbol.st_value != 0
                && (type == ElfSymbol.STT_FUNC || type == ElfSymbol.STT_NOTYPE || type == 10);
    }

    /// Of several names of one address, global ones come first, and names with fewer leading
    /// underscores.
    private static int rank(ElfSymbol symbol) {
        String name = symbol.getName();
        int underscores = 0;
        while (name != null && underscores < name.length() && name.charAt(underscores) == '_') {
            underscores++;
        }
        return (symbol.getBinding() == ElfSymbol.BINDING_GLOBAL ? 0 : 16)
                + Math.min(underscores, 15);
    }

    /// The address in the file's own terms of a byte at a file offset, or -1 if it is not loaded.
    long addressOfOffset(long fileOffset) {
        for (long[] segment : segments) {
            if (fileOffset >= (segment[0] & -4096) && fileOffset < segment[0] + segment[1]) {
                return fileOffset - segment[0] + segment[2];
            }
        }
        return -1;
    }

    /// `name+0xoffset` of the symbol that an address belongs to, `name` at its very start, or null.
    @Nullable String describe(long address) {
        int index = Arrays.binarySearch(starts, address);
        index = index < 0 ? -index - 2 : index;
        if (index < 0) {
            return null;
        }
        long offset = address - starts[index];
        // A symbol without a size reaches to the next one.
        if (sizes[index] != 0 && offset >= sizes[index]) {
            return null;
        }
        return offset == 0 ? names[index] : names[index] + "+0x" + Long.toHexString(offset);
    }
}
