package org.mshareemu.emulator.kernel.vfs.procfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// /proc/cpuinfo, made from what CPUID answers. Linux: arch/x86/kernel/cpu/proc.c
final class CpuinfoText {
    private static final int EXTENDED = 0x8000_0000;
    private static final int BRAND = 0x8000_0002;
    private static final int BRAND_LEAVES = 3;
    private static final int EXTENDED_FAMILY = 15;

    private final ProcessorView processor;
    private final SystemView system;

    CpuinfoText(ProcViews views) {
        this.processor = views.processor();
        this.system = views.system();
    }

    String text() {
        StringBuilder out = new StringBuilder();
        int count = system.cpuCount();
        for (int cpu = 0; cpu < count; cpu++) {
            processor(out, cpu, count);
        }
        return out.toString();
    }

    private void processor(StringBuilder out, int cpu, int count) {
        int[] basic = processor.cpuid(0, 0);
        int signature = processor.cpuid(1, 0)[0];
        int family = (signature >>> 8) & 0xf;
        int model = (signature >>> 4) & 0xf;
        if (family == EXTENDED_FAMILY) {
            family += (signature >>> 20) & 0xff;
        }
        if (family >= 6) {
            model += ((signature >>> 16) & 0xf) << 4;
        }
        line(out, "processor\t", cpu);
        line(out, "vendor_id\t", ascii(basic[1], basic[3], basic[2]));
        line(out, "cpu family\t", family);
        line(out, "model\t\t", model);
        line(out, "model name\t", brand());
        line(out, "stepping\t", signature & 0xf);
        line(out, "cpu MHz\t\t", "1000.000");
        line(out, "physical id\t", 0);
        line(out, "siblings\t", count);
        line(out, "core id\t\t", cpu);
        line(out, "cpu cores\t", count);
        line(out, "apicid\t\t", cpu);
        line(out, "initial apicid\t", cpu);
        line(out, "fpu\t\t", "yes");
        line(out, "fpu_exception\t", "yes");
        line(out, "cpuid level\t", basic[0]);
        line(out, "wp\t\t", "yes");
        line(out, "flags\t\t", CpuFeatures.names(processor));
        line(out, "bugs\t\t", "");
        line(out, "bogomips\t", "2000.00");
        line(out, "clflush size\t", Math.max(64, ((processor.cpuid(1, 0)[1] >>> 8) & 0xff) * 8));
        line(out, "cache_alignment\t", 64);
        line(
                out,
                "address sizes\t",
                "%d bits physical, %d bits virtual".formatted(bits(0), bits(8)));
        out.append("power management:\n\n");
    }

    private int bits(int shift) {
        int sizes = processor.cpuid(EXTENDED + 8, 0)[0];
        int bits = (sizes >>> shift) & 0xff;
        return bits == 0 ? 48 : bits;
    }

    private static void line(StringBuilder out, String name, Object value) {
        out.append(name).append(": ").append(value).append('\n');
    }

    private String brand() {
        StringBuilder name = new StringBuilder();
        for (int leaf = BRAND; leaf < BRAND + BRAND_LEAVES; leaf++) {
            int[] words = processor.cpuid(leaf, 0);
            name.append(ascii(words[0], words[1], words[2], words[3]));
        }
        return name.toString().strip();
    }

    private static String ascii(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            bytes.putInt(word);
        }
        String text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
