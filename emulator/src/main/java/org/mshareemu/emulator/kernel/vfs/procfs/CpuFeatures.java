package org.mshareemu.emulator.kernel.vfs.procfs;

import java.util.List;

/// Names of processor features in Linux's order. Linux: x86_cap_flags, arch/x86/include/asm/
/// cpufeatures.h
final class CpuFeatures {
    private static final int EXTENDED_1 = 0x8000_0001;
    private static final int EAX = 0;
    private static final int EBX = 1;
    private static final int ECX = 2;
    private static final int EDX = 3;

    /// A name per bit, "-" for a bit that is not shown.
    private record Word(int leaf, int subleaf, int register, List<String> names) {
        Word(int leaf, int subleaf, int register, String names) {
            this(leaf, subleaf, register, List.of(names.split(" ", -1)));
        }
    }

    private static final Word[] WORDS = {
        new Word(
                1,
                0,
                EDX,
                "fpu vme de pse tsc msr pae mce cx8 apic - sep mtrr pge mca cmov pat pse36 pn"
                        + " clflush - dts acpi mmx fxsr sse sse2 ss ht tm ia64 pbe"),
        new Word(
                EXTENDED_1,
                0,
                EDX,
                "- - - - - - - - - - - syscall - - - - - - - mp nx - mmxext - - fxsr_opt pdpe1gb"
                        + " rdtscp - lm 3dnowext 3dnow"),
        new Word(
                1,
                0,
                ECX,
                "pni pclmulqdq dtes64 monitor ds_cpl vmx smx est tm2 ssse3 cid sdbg fma cx16 xtpr"
                        + " pdcm - pcid dca sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer"
                        + " aes xsave osxsave avx f16c rdrand hypervisor"),
        new Word(
                EXTENDED_1,
                0,
                ECX,
                "lahf_lm cmp_legacy svm extapic cr8_legacy abm sse4a misalignsse 3dnowprefetch"
                        + " osvw ibs xop skinit wdt - lwp fma4 tce - nodeid_msr - tbm topoext"
                        + " perfctr_core perfctr_nb - bpext ptsc perfctr_llc mwaitx - -"),
        new Word(
                7,
                0,
                EBX,
                "fsgsbase tsc_adjust sgx bmi1 hle avx2 - smep bmi2 erms invpcid rtm cqm - mpx"
                        + " rdt_a avx512f avx512dq rdseed adx smap avx512ifma - clflushopt clwb"
                        + " intel_pt avx512pf avx512er avx512cd sha_ni avx512bw avx512vl"),
        new Word(
                13,
                1,
                EAX,
                "xsaveopt xsavec xgetbv1 xsaves xfd - - - - - - - - - - - - - - - - - - - - - - -"
                        + " - - - -"),
        new Word(
                7,
                0,
                ECX,
                "- avx512vbmi umip pku ospke waitpkg avx512_vbmi2 - gfni vaes vpclmulqdq"
                        + " avx512_vnni avx512_bitalg tme avx512_vpopcntdq - la57 - - - - - rdpid"
                        + " - bus_lock_detect cldemote - movdiri movdir64b enqcmd - -"),
        new Word(
                7,
                0,
                EDX,
                "- - - - fsrm - - - - - md_clear - - - serialize - tsxldtrk - - arch_lbr ibt -"
                        + " amx_bf16 avx512_fp16 amx_tile amx_int8 - - flush_l1d arch_capabilities"
                        + " - -"),
    };

    private CpuFeatures() {}

    /// All features there are, separated by spaces. Those Linux makes up itself stand behind the
    /// second word, as in its own list.
    static String names(ProcessorView processor) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < WORDS.length; at++) {
            Word word = WORDS[at];
            int bits = processor.cpuid(word.leaf(), word.subleaf())[word.register()];
            for (int bit = 0; bit < word.names().size(); bit++) {
                if ((bits >>> bit & 1) != 0 && !word.names().get(bit).equals("-")) {
                    append(out, word.names().get(bit));
                }
            }
            if (at == 1) {
                append(out, "constant_tsc");
                append(out, "nopl");
                append(out, "cpuid");
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String name) {
        out.append(out.isEmpty() ? "" : " ").append(name);
    }
}
