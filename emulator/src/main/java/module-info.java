/// An x86-64 Linux user-program emulator.
module org.mshareemu.emulator {
    requires transitive org.mshareemu.mmu;
    requires static org.jspecify;
    requires jelf;
}
