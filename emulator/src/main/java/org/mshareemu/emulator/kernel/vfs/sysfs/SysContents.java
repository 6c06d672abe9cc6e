package org.mshareemu.emulator.kernel.vfs.sysfs;

/// What /sys holds from the start.
final class SysContents {
    private static final String CPUS = "devices/system/cpu/";
    private static final String NODES = "devices/system/node/";

    /// Linux: NR_CPUS - 1 of a usual configuration
    private static final int LAST_POSSIBLE_CPU = 8191;

    private SysContents() {}

    static void fill(SysFileSystem sys, int cpuCount) {
        for (String directory :
                new String[] {
                    "kernel",
                    "power",
                    "class",
                    "devices",
                    "dev/block",
                    "dev/char",
                    "fs",
                    "bus",
                    "firmware",
                    "block",
                    "module",
                    "kernel/mm",
                    "class/mem",
                    "class/tty"
                }) {
            sys.createDirectory(directory);
        }
        for (String place :
                new String[] {
                    "fs/cgroup",
                    "fs/bpf",
                    "fs/pstore",
                    "kernel/debug",
                    "kernel/tracing",
                    "kernel/security",
                    "kernel/config"
                }) {
            sys.createMountPoint(place);
        }
        constant(sys, "kernel/address_bits", "64");
        constant(sys, "kernel/cpu_byteorder", "little");
        constant(sys, "kernel/fscaps", "0");
        constant(sys, "kernel/profiling", "0");
        constant(sys, "kernel/uevent_seqnum", "0");
        processors(sys, cpuCount);
        memoryNode(sys, cpuCount);
    }

    private static void constant(SysFileSystem sys, String path, Object value) {
        String text = value + "\n";
        sys.createFile(path, () -> text);
    }

    private static void processors(SysFileSystem sys, int cpuCount) {
        String all = range(cpuCount);
        for (String name : new String[] {"online", "possible", "present", "enabled"}) {
            constant(sys, CPUS + name, all);
        }
        constant(sys, CPUS + "offline", "");
        constant(sys, CPUS + "isolated", "");
        constant(sys, CPUS + "kernel_max", LAST_POSSIBLE_CPU);
        for (int cpu = 0; cpu < cpuCount; cpu++) {
            String topology = CPUS + "cpu" + cpu + "/topology/";
            String own = bitmap(1L << cpu, cpuCount);
            constant(sys, topology + "core_id", cpu);
            constant(sys, topology + "physical_package_id", 0);
            constant(sys, topology + "die_id", 0);
            constant(sys, topology + "core_cpus", own);
            constant(sys, topology + "core_cpus_list", cpu);
            constant(sys, topology + "thread_siblings", own);
            constant(sys, topology + "thread_siblings_list", cpu);
            constant(sys, topology + "core_siblings", bitmap(mask(cpuCount), cpuCount));
            constant(sys, topology + "core_siblings_list", all);
            constant(sys, topology + "package_cpus_list", all);
        }
    }

    private static void memoryNode(SysFileSystem sys, int cpuCount) {
        for (String name :
                new String[] {"online", "possible", "has_cpu", "has_memory", "has_normal_memory"}) {
            constant(sys, NODES + name, 0);
        }
        constant(sys, NODES + "node0/cpulist", range(cpuCount));
        constant(sys, NODES + "node0/cpumap", bitmap(mask(cpuCount), cpuCount));
        constant(sys, NODES + "node0/distance", 10);
    }

    private static String range(int cpuCount) {
        return cpuCount == 1 ? "0" : "0-" + (cpuCount - 1);
    }

    private static long mask(int cpuCount) {
        return cpuCount == Long.SIZE ? -1 : (1L << cpuCount) - 1;
    }

    /// Hexadecimal, in groups of 32 bits. Linux: "%*pb"
    private static String bitmap(long bits, int cpuCount) {
        int digits = (cpuCount + 3) / 4;
        String low = "%016x".formatted(bits).substring(16 - digits);
        int split = low.length() - 8;
        return split <= 0 ? low : low.substring(0, split) + "," + low.substring(split);
    }
}
