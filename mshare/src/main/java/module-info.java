/// Linux's proposed mshare as a plugin of the emulator's kernel.
module org.mshareemu.mshare {
    requires org.mshareemu.emulator;
    requires static org.jspecify;

    exports org.mshareemu.mshare;

    provides org.mshareemu.emulator.kernel.spi.KernelPlugin with
            org.mshareemu.mshare.MsharePlugin;
}
