package org.mshareemu.emulator.observe;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.VmArea;

import java.util.HashMap;
import java.util.Map;

/// Says what an address of a process is called: `main+0x1f`, `libc.so.6:puts` or, without a symbol,
/// the file and offset.
///
/// An address belongs to a symbol through the area that maps it: file offset, then the file's own
/// program headers, then its symbol table. That holds for fixed, position-independent and shared
/// objects alike. Symbol tables are read once per file.
public final class Symbolizer {
    /// Reads whole files, for their symbols only.
    @FunctionalInterface
    public interface FileReader {
        /// The bytes of a file that is mapped in `space`, or null if they cannot be had without
        /// disturbing the machine.
        byte @Nullable [] read(AddressSpace space, Mappable file);
    }

    /// A file by device and inode number.
    private record FileKey(long device, long inode) {}

    private final FileReader reader;
    private final Map<FileKey, SymbolTable> tables = new HashMap<>();

    /// A symbolizer that reads files by `reader`.
    public Symbolizer(FileReader reader) {
        this.reader = reader;
    }

    /// The address with its symbol behind it: `0x401136 main+0x4`.
    public String describe(@Nullable AddressSpace space, long vaddr) {
        String name = space == null ? null : name(space, vaddr);
        String number = "0x" + Long.toHexString(vaddr);
        return name == null ? number : number + " " + name;
    }

    /// The symbol and offset, or the file and offset, or null where nothing of a file is mapped.
    public @Nullable String name(AddressSpace space, long vaddr) {
        VmArea area = space.findArea(vaddr);
        Mappable file = area == null ? null : area.file();
        if (area == null || file == null) {
            return null;
        }
        long fileOffset = vaddr - area.start() + (area.pageOffset() << 12);
        SymbolTable table = table(space, file);
        long address = table.addressOfOffset(fileOffset);
        String symbol = address < 0 ? null : table.describe(address);
        String path = GuestText.of(file.displayPath());
        String fileName = path.substring(path.lastIndexOf('/') + 1);
        if (symbol == null) {
            return fileName + "+0x" + Long.toHexString(fileOffset);
        }
        return fileName.contains(".so") ? fileName + ":" + symbol : symbol;
    }

    private SymbolTable table(AddressSpace space, Mappable file) {
        FileKey key = new FileKey(file.deviceNumber(), file.inodeNumber());
        SymbolTable known = tables.get(key);
        if (known == null) {
            byte[] bytes = reader.read(space, file);
            known = bytes == null ? SymbolTable.EMPTY : SymbolTable.read(bytes);
            tables.put(key, known);
        }
        return known;
    }
}
