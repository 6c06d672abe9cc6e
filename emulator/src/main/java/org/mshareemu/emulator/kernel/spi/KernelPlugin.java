package org.mshareemu.emulator.kernel.spi;

/// Something that adds file systems with address spaces of their own to the kernel. Found by
/// [java.util.ServiceLoader]; a machine without any plugin runs all the same.
///
/// Linux: what an initcall of a file system does
public interface KernelPlugin {
    /// Short name for messages.
    String name();

    /// Called once for each machine while it boots, before the first task exists. State of the
    /// plugin belongs to the machine, so it lives in objects made here.
    void install(KernelServices services);
}
