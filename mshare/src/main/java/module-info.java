/// Linux's proposed mshare as a plugin of the emulator's kernel.
module org.mshareemu.mshare {
    requires org.mshareemu.emulator;
    requires static org.jspecify;
}
