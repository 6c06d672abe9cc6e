/// An x86-64 Linux user-program emulator.
module org.mshareemu.emulator {
    requires transitive org.mshareemu.mmu;
    requires static org.jspecify;
    requires jelf;

    exports org.mshareemu.emulator.boot;
    exports org.mshareemu.emulator.kernel;
    exports org.mshareemu.emulator.kernel.abi;
    exports org.mshareemu.emulator.kernel.cred;
    exports org.mshareemu.emulator.kernel.memmap;
    exports org.mshareemu.emulator.kernel.spi;
    exports org.mshareemu.emulator.kernel.time;
    exports org.mshareemu.emulator.kernel.vfs;
    exports org.mshareemu.emulator.kernel.vfs.procfs;
    exports org.mshareemu.emulator.kernel.vfs.sysfs;
    exports org.mshareemu.emulator.kernel.wait;

    uses org.mshareemu.emulator.kernel.spi.KernelPlugin;
}
