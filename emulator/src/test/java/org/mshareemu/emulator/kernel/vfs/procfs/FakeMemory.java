package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmOperations;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An address space of a few areas whose bytes are those of one text at [#TEXT].
final class FakeMemory implements ProcessMemory {
    static final long TEXT = 0x7ffc_0000_1000L;

    final List<VmArea> areas = new ArrayList<>();
    @Nullable Mappable exe;
    private final byte[] bytes;
    private final int argumentsEnd;
    private final AddressSpace space;
    private final UserMemory user;

    /// @param text arguments and environment, with their NULs
    /// @param argumentsEnd where the environment begins in it
    FakeMemory(String text, int argumentsEnd) {
        this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        this.argumentsEnd = argumentsEnd;
        this.space =
                (AddressSpace)
                        Proxy.newProxyInstance(
                                AddressSpace.class.getClassLoader(),
                                new Class<?>[] {AddressSpace.class},
                                (_, method, arguments) ->
                                        switch (method.getName()) {
                                            case "findAreaFrom" -> findFrom((Long) arguments[0]);
                                            case "taskSize" -> 1L << 47;
                                            default -> throw new AssertionError(method);
                                        });
        this.user =
                (UserMemory)
                        Proxy.newProxyInstance(
                                UserMemory.class.getClassLoader(),
                                new Class<?>[] {UserMemory.class},
                                (_, method, arguments) -> {
                                    if (!method.getName().equals("readPartly")) {
                                        throw new AssertionError(method);
                                    }
                                    return readPartly(
                                            (Long) arguments[0],
                                            (MemorySegment) arguments[1],
                                            (Integer) arguments[3]);
                                });
    }

    private @Nullable VmArea findFrom(long vaddr) {
        return areas.stream().filter(area -> area.end() > vaddr).findFirst().orElse(null);
    }

    private int readPartly(long vaddr, MemorySegment destination, int wanted) {
        int from = (int) (vaddr - TEXT);
        if (from < 0 || from >= bytes.length) {
            return 0;
        }
        int length = Math.min(wanted, bytes.length - from);
        MemorySegment.copy(MemorySegment.ofArray(bytes), from, destination, 0, length);
        return length;
    }

    void add(long start, long end, long flags, long offsetBytes, @Nullable Mappable file) {
        VmOperations operations = file == null ? VmOperations.ANONYMOUS : new VmOperations() {};
        areas.add(new VmArea(space, start, end, flags, offsetBytes >>> 12, file, operations));
    }

    /// A file of which only name, device and inode number are known.
    static Mappable file(String path, long inodeNumber) {
        return (Mappable)
                Proxy.newProxyInstance(
                        Mappable.class.getClassLoader(),
                        new Class<?>[] {Mappable.class},
                        (_, method, _) ->
                                switch (method.getName()) {
                                    case "displayPath" -> path;
                                    case "inodeNumber" -> inodeNumber;
                                    case "deviceNumber" -> Stat.makeDevice(0xfe, 1);
                                    default -> throw new AssertionError(method);
                                });
    }

    @Override
    public AddressSpace space() {
        return space;
    }

    @Override
    public UserMemory user() {
        return user;
    }

    @Override
    public MemorySizes sizes() {
        return new MemorySizes(765, 800, 2, 90, 387, 33, 28, 399, 0, 427, 11);
    }

    @Override
    public MemoryLayout layout() {
        return new MemoryLayout(
                0x401000,
                0x405abc,
                0x409000,
                0x40a000,
                0x40b000,
                0x42c000,
                0x7ffc_0000_3000L,
                TEXT,
                TEXT + argumentsEnd,
                TEXT + argumentsEnd,
                TEXT + bytes.length);
    }

    @Override
    public @Nullable Mappable exeFile() {
        return exe;
    }

    @Override
    public byte[] auxiliaryVector() {
        return new byte[] {6, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0};
    }

    @Override
    public AreaUsage usage(VmArea area) {
        return new AreaUsage(1, 0, 0, 2, 3, 2, 10_240, 8192);
    }

    @Override
    public long pagemapEntry(long vaddr) {
        return vaddr == TEXT ? 1L << 63 | 0x1234 : 0;
    }
}
