package org.mshareemu.emulator.kernel.elf;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What is to be known of an ELF file before it is mapped: headers, interpreter, and whether our
/// processor can run it. Holds no reference on the file.
///
/// Linux: the first half of load_elf_binary()
public final class ElfImage {
    private static final int PATH_MAX = 4096;
    private static final int GNU_PROPERTY_X86_ISA_1_NEEDED = 0xc000_8002;
    private static final int NT_GNU_PROPERTY_TYPE_0 = 5;
    private static final int ISA_V3_AND_ABOVE = 4 | 8;
    private static final int NOTE_HEADER_BYTES = 12;
    private static final int MAX_PROPERTY_BYTES = 1024;

    private final OpenFile file;
    private final ElfHeader header;
    private final List<ProgramHeader> programHeaders;
    private final @Nullable String interpreter;

    private ElfImage(
            OpenFile file,
            ElfHeader header,
            List<ProgramHeader> programHeaders,
            @Nullable String interpreter) {
        this.file = file;
        this.header = header;
        this.programHeaders = programHeaders;
        this.interpreter = interpreter;
    }

    /// Reads a program.
    ///
    /// @param head its first bytes
    /// @param headBytes how many
    /// @throws ExecRefusedException ENOEXEC, EIO
    public static ElfImage readProgram(
            OpenFile file, byte[] head, int headBytes, CallerContext caller)
            throws ExecRefusedException {
        if (!ElfHeader.hasMagic(head, headBytes)) {
            throw new ExecRefusedException(
                    Errno.ENOEXEC, headBytes == 0 ? "the file is empty" : "not an ELF file");
        }
        ElfHeader header = ElfHeader.parse(head);
        List<ProgramHeader> headers = readHeaders(file, header, Errno.ENOEXEC, caller);
        String interpreter = readInterpreter(file, headers, caller);
        ElfImage image = new ElfImage(file, header, headers, interpreter);
        image.checkProcessor(caller);
        return image;
    }

    /// Reads a program's interpreter.
    ///
    /// @throws ExecRefusedException ELIBBAD, EIO
    public static ElfImage readInterpreter(OpenFile file, CallerContext caller)
            throws ExecRefusedException {
        byte[] head = new byte[ElfHeader.BYTES];
        int length = read(file, 0, head, caller);
        if (length < head.length) {
            throw new ExecRefusedException(Errno.EIO, "the interpreter is truncated");
        }
        if (!ElfHeader.hasMagic(head, length)) {
            throw new ExecRefusedException(Errno.ELIBBAD, "the interpreter is not an ELF file");
        }
        ElfHeader header = ElfHeader.parse(head);
        List<ProgramHeader> headers = readHeaders(file, header, Errno.ELIBBAD, caller);
        return new ElfImage(file, header, headers, null);
    }

    private static List<ProgramHeader> readHeaders(
            OpenFile file, ElfHeader header, Errno onError, CallerContext caller)
            throws ExecRefusedException {
        if (!header.isLoadable()) {
            throw new ExecRefusedException(onError, whyNotLoadable(file, header, caller));
        }
        byte[] table = new byte[header.programHeaderCount() * ProgramHeader.BYTES];
        if (read(file, header.programHeadersAt(), table, caller) < table.length) {
            throw new ExecRefusedException(
                    onError, "truncated: the program headers are not in the file");
        }
        MemorySegment bytes = MemorySegment.ofArray(table);
        List<ProgramHeader> headers = new ArrayList<>(header.programHeaderCount());
        for (int at = 0; at < table.length; at += ProgramHeader.BYTES) {
            headers.add(ProgramHeader.parse(bytes, at));
        }
        return headers;
    }

    private static String whyNotLoadable(OpenFile file, ElfHeader header, CallerContext caller)
            throws ExecRefusedException {
        byte[] ident = new byte[5];
        read(file, 0, ident, caller);
        if (ident[4] == 1) {
            return "a 32-bit ELF file; only x86-64 programs run";
        } else if (header.machine() != ElfHeader.EM_X86_64) {
            return "an ELF file for machine " + header.machine() + ", not for x86-64 (62)";
        } else if (header.type() != ElfHeader.ET_EXEC && header.type() != ElfHeader.ET_DYN) {
            return "an ELF file of type " + header.type() + ", which is not a program";
        }
        return "an ELF file without usable program headers";
    }

    private static @Nullable String readInterpreter(
            OpenFile file, List<ProgramHeader> headers, CallerContext caller)
            throws ExecRefusedException {
        for (ProgramHeader header : headers) {
            if (header.type() != ProgramHeader.PT_INTERP) {
                continue;
            }
            if (header.fileBytes() > PATH_MAX || header.fileBytes() < 2) {
                throw new ExecRefusedException(
                        Errno.ENOEXEC, "the interpreter's name is too long or empty");
            }
            byte[] name = new byte[(int) header.fileBytes()];
            if (read(file, header.fileOffset(), name, caller) < name.length) {
                throw new ExecRefusedException(
                        Errno.EIO, "truncated: the interpreter's name is not in the file");
            }
            if (name[name.length - 1] != 0) {
                throw new ExecRefusedException(
                        Errno.ENOEXEC, "the interpreter's name does not end");
            }
            String text = new String(name, StandardCharsets.ISO_8859_1);
            return text.substring(0, text.indexOf('\0'));
        }
        return null;
    }

    /// A program that was compiled for AVX2 would compute wrong results without a word.
    private void checkProcessor(CallerContext caller) throws ExecRefusedException {
        for (ProgramHeader header : programHeaders) {
            boolean isProperty =
                    header.type() == ProgramHeader.PT_GNU_PROPERTY
                            && header.fileBytes() > NOTE_HEADER_BYTES
                            && header.fileBytes() <= MAX_PROPERTY_BYTES;
            if (isProperty) {
                byte[] note = new byte[(int) header.fileBytes()];
                int length = read(file, header.fileOffset(), note, caller);
                if ((neededIsa(MemorySegment.ofArray(note), length) & ISA_V3_AND_ABOVE) != 0) {
                    throw new ExecRefusedException(
                            Errno.ENOEXEC,
                            "needs an x86-64-v3 processor (AVX2); this one has x86-64-v2");
                }
            }
        }
    }

    /// Linux: parse_elf_properties(); the property is of the x86-64 psABI, section 5.6
    private static int neededIsa(MemorySegment note, int length) {
        int nameBytes = note.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
        int type = note.get(ValueLayout.JAVA_INT_UNALIGNED, 8);
        if (nameBytes != 4 || type != NT_GNU_PROPERTY_TYPE_0) {
            return 0;
        }
        int at = NOTE_HEADER_BYTES + 4;
        while (at + 12 <= length) {
            int property = note.get(ValueLayout.JAVA_INT_UNALIGNED, at);
            int size = note.get(ValueLayout.JAVA_INT_UNALIGNED, at + 4L);
            if (property == GNU_PROPERTY_X86_ISA_1_NEEDED && size == 4) {
                return note.get(ValueLayout.JAVA_INT_UNALIGNED, at + 8L);
            }
            if (size < 0 || size > length) {
                break;
            }
            at += 8 + (size + 7 & -8);
        }
        return 0;
    }

    private static int read(OpenFile file, long position, byte[] into, CallerContext caller)
            throws ExecRefusedException {
        if (position < 0) {
            return 0;
        }
        try {
            return KernelBuffer.read(file, position, into, caller);
        } catch (ErrnoException failure) {
            throw new ExecRefusedException(failure.errno(), "cannot be read");
        }
    }

    OpenFile file() {
        return file;
    }

    ElfHeader header() {
        return header;
    }

    /// Path of the interpreter (PT_INTERP), or null for a static program.
    public @Nullable String interpreter() {
        return interpreter;
    }

    List<ProgramHeader> programHeaders() {
        return programHeaders;
    }

    /// Whether the file may be placed anywhere.
    boolean isRelocatable() {
        return header.type() == ElfHeader.ET_DYN;
    }

    /// Whether the stack is to be executable (PT_GNU_STACK with PF_X).
    public boolean wantsExecutableStack() {
        for (ProgramHeader phdr : programHeaders) {
            if (phdr.type() == ProgramHeader.PT_GNU_STACK) {
                return (phdr.flags() & ProgramHeader.PF_X) != 0;
            }
        }
        return false;
    }

    /// Bytes from the first page of the first loaded segment to the end of the last. Linux:
    /// total_mapping_size()
    long totalMappingBytes() {
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (ProgramHeader phdr : programHeaders) {
            if (phdr.type() == ProgramHeader.PT_LOAD) {
                lowest = Math.min(lowest, phdr.pageStart());
                highest = Math.max(highest, phdr.end());
            }
        }
        return lowest == Long.MAX_VALUE ? 0 : highest - lowest;
    }

    /// Largest alignment of a loaded segment that is a power of two. Linux: maximum_alignment()
    long maximumAlignment() {
        long alignment = 4096;
        for (ProgramHeader phdr : programHeaders) {
            if (phdr.type() == ProgramHeader.PT_LOAD && Long.bitCount(phdr.alignBytes()) == 1) {
                alignment = Math.max(alignment, phdr.alignBytes());
            }
        }
        return alignment;
    }
}
