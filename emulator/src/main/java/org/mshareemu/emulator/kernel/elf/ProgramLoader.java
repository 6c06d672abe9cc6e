package org.mshareemu.emulator.kernel.elf;

import static org.mshareemu.emulator.kernel.abi.Auxv.*;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.CpuidPolicy;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.mm.ProgramLayout;
import org.mshareemu.emulator.kernel.signal.SignalFrame;

/// Fills an empty address space with a program, its interpreter and its first stack.
///
/// Addresses are not randomised, so that runs repeat: they are those of Linux with
/// ADDR_NO_RANDOMIZE.
///
/// Linux: load_elf_binary() behind the point of no return, setup_arg_pages(), create_elf_tables()
public final class ProgramLoader {
    /// Whether the program got more rights than its caller has. Linux: bprm->secureexec
    public enum Trust {
        ORDINARY,
        SECURE
    }

    /// First address behind the stack. Linux: STACK_TOP
    public static final long STACK_TOP = 0x7fff_ffff_f000L;

    /// How far the stack reaches below what is on it at first. Linux: setup_arg_pages() Between the
    /// end of the program and the heap. Linux: arch_randomize_brk(), up to 32 MiB by chance; here
    /// always the same.
    private static final long HEAP_GAP_BYTES = 1 << 20;

    private static final long STACK_EXPAND_BYTES = 131_072;

    /// Between the stack and the first mapping at least. Linux: mmap_base(), SIZE_128M
    private static final long MIN_GAP_BYTES = 128L << 20;

    /// Beyond the limit: the guard gap and what randomisation could take. Linux: stack_guard_gap,
    /// stack_maxrandom_size()
    private static final long GAP_PAD_BYTES = 256 << 12;

    private static final long CLOCK_TICKS = 100;
    private static final long PAGE = 4096;

    /// struct rseq up to and with mm_cid.
    private static final int RSEQ_FEATURE_BYTES = 28;

    private static final int RSEQ_ALIGN_BYTES = 32;
    private static final int HWCAP2_FSGSBASE = 2;

    private final Mm mm;
    private final Credentials credentials;
    private final ResourceLimits limits;

    /// @param mm empty
    public ProgramLoader(Mm mm, Credentials credentials, ResourceLimits limits) {
        this.mm = mm;
        this.credentials = credentials;
        this.limits = limits;
    }

    /// Where the top-down search for room begins. Linux: mmap_base()
    public static long mmapBase(ResourceLimits limits) {
        long stack = limits.soft(ResourceLimits.RLIMIT_STACK);
        long maxGap = STACK_TOP / 6 * 5;
        long gap = stack < 0 || stack > maxGap ? maxGap : stack;
        gap = Math.max(gap + GAP_PAD_BYTES, MIN_GAP_BYTES);
        return (STACK_TOP - Math.min(gap, maxGap)) & -PAGE;
    }

    /// Maps everything.
    ///
    /// @param trust whether the environment is the caller's to choose
    /// @param random 16 bytes for AT_RANDOM
    public StartState load(
            ElfImage image,
            @Nullable ElfImage interpreter,
            ProgramArguments arguments,
            Trust trust,
            byte[] random)
            throws ErrnoException {
        StackImage stack = new StackImage(STACK_TOP, arguments, random);
        mapStack(image, stack);
        ElfLoader loader = new ElfLoader(mm, mm.memory(), credentials, limits);
        ElfLoader.Placed program = loader.loadProgram(image);
        ElfLoader.Placed linker = interpreter == null ? null : loader.loadInterpreter(interpreter);
        long base = linker == null ? 0 : linker.bias();
        fillAuxv(stack, image, program, base, trust);
        long stackPointer = stack.finish();
        mm.memory()
                .write(
                        stack.start(),
                        stack.bytes(),
                        stack.offset(),
                        stack.bytes().length - stack.offset());
        long brk = program.end();
        if (image.isRelocatable() && image.interpreter() == null) {
            brk = ElfLoader.DYNAMIC_BASE;
        }
        ProgramLayout layout =
                new ProgramLayout(
                        program.startCode(),
                        program.endCode(),
                        program.startData(),
                        program.endData(),
                        (brk + PAGE - 1 & -PAGE) + HEAP_GAP_BYTES,
                        stackPointer,
                        stack.argumentsStart(),
                        stack.argumentsEnd(),
                        stack.environmentStart(),
                        stack.environmentEnd());
        long rip = linker == null ? program.entry() : linker.entry();
        return new StartState(rip, stackPointer, layout);
    }

    private void mapStack(ElfImage image, StackImage stack) throws ErrnoException {
        long limit = limits.soft(ResourceLimits.RLIMIT_STACK);
        long used = stack.bytes().length + PAGE - 1 & -PAGE;
        long size = used + STACK_EXPAND_BYTES;
        if (limit >= 0) {
            size = Math.max(used, Math.min(size, limit & -PAGE));
        }
        int prot = Mman.PROT_READ | Mman.PROT_WRITE;
        prot |= image.wantsExecutableStack() ? Mman.PROT_EXEC : 0;
        mm.mmap(
                new MmapRequest(
                        STACK_TOP - size,
                        size,
                        prot,
                        Mman.MAP_PRIVATE | Mman.MAP_ANONYMOUS | Mman.MAP_FIXED | Mman.MAP_GROWSDOWN,
                        null,
                        0,
                        VmFlags.VM_GROWSDOWN,
                        credentials,
                        limits));
    }

    private void fillAuxv(
            StackImage stack, ElfImage image, ElfLoader.Placed program, long base, Trust trust) {
        int[] features = new int[4];
        CpuidPolicy.standard().cpuid(1, 0, features);
        stack.aux(AT_MINSIGSTKSZ, SignalFrame.MIN_STACK_BYTES);
        stack.aux(AT_HWCAP, features[3] & 0xffff_ffffL);
        stack.aux(AT_PAGESZ, PAGE);
        stack.aux(AT_CLKTCK, CLOCK_TICKS);
        stack.aux(AT_PHDR, program.headersAt());
        stack.aux(AT_PHENT, ProgramHeader.BYTES);
        stack.aux(AT_PHNUM, image.header().programHeaderCount());
        stack.aux(AT_BASE, base);
        stack.aux(AT_FLAGS, 0);
        stack.aux(AT_ENTRY, program.entry());
        stack.aux(AT_UID, credentials.uid());
        stack.aux(AT_EUID, credentials.euid());
        stack.aux(AT_GID, credentials.gid());
        stack.aux(AT_EGID, credentials.egid());
        stack.aux(AT_SECURE, trust == Trust.SECURE ? 1 : 0);
        stack.aux(AT_RANDOM, stack.randomAt());
        stack.aux(AT_HWCAP2, HWCAP2_FSGSBASE);
        stack.aux(AT_RSEQ_FEATURE_SIZE, RSEQ_FEATURE_BYTES);
        stack.aux(AT_RSEQ_ALIGN, RSEQ_ALIGN_BYTES);
        stack.aux(AT_EXECFN, stack.execNameAt());
        stack.aux(AT_PLATFORM, stack.platformAt());
    }
}
