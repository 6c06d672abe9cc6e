package org.mshareemu.tests.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/// All other tests run on the class path, where nothing is closed; here the same jars and folders
/// are modules.
final class ModulePathTest {
    private static final String EMULATOR = "org.mshareemu.emulator";
    private static final String MSHARE = "org.mshareemu.mshare";
    private static final String MMU = "org.mshareemu.mmu";
    private static final String PLUGIN = "org.mshareemu.emulator.kernel.spi.KernelPlugin";

    @Test
    void emulatorAloneHasNoPlugin() throws ClassNotFoundException {
        ModuleLayer layer = layer(ours(MMU, EMULATOR));
        assertEquals(Set.of(MMU, EMULATOR, "jelf"), names(layer));
        assertEquals(List.of(), plugins(layer));
    }

    @Test
    void mshareIsBoundAsAPluginOnceItIsThere() throws ClassNotFoundException {
        assertEquals(
                List.of("org.mshareemu.mshare.MsharePlugin"),
                plugins(layer(ours(MMU, EMULATOR, MSHARE))));
    }

    @Test
    void pluginsSeeTheirContractAndNotTheKernel() {
        Module emulator = layer(ours(MMU, EMULATOR, MSHARE)).findModule(EMULATOR).orElseThrow();
        for (String open : List.of("memmap", "vfs", "abi", "spi")) {
            assertTrue(emulator.isExported(EMULATOR + ".kernel." + open), open);
        }
        for (String closed : List.of("kernel.mm", "kernel.task", "cpu", "unicorn", "nativelib")) {
            assertFalse(emulator.isExported(EMULATOR + "." + closed), closed);
        }
    }

    private static List<String> plugins(ModuleLayer layer) throws ClassNotFoundException {
        Class<?> plugin = layer.findLoader(EMULATOR).loadClass(PLUGIN);
        return ServiceLoader.load(layer, plugin).stream()
                .map(provider -> provider.type().getName())
                .toList();
    }

    private static Set<String> names(ModuleLayer layer) {
        return Set.copyOf(layer.modules().stream().map(Module::getName).toList());
    }

    private static ModuleLayer layer(List<Path> path) {
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration()
                        .resolveAndBind(
                                ModuleFinder.of(path.toArray(Path[]::new)),
                                ModuleFinder.of(),
                                Set.of(EMULATOR));
        return boot.defineModulesWithOneLoader(configuration, null);
    }

    /// Of the class path the entries that hold these modules, and what they require.
    private static List<Path> ours(String... modules) {
        Set<String> wanted = Set.of(modules);
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry ->
                        ModuleFinder.of(entry).findAll().stream()
                                .map(found -> found.descriptor().name())
                                .anyMatch(name -> wanted.contains(name) || name.equals("jelf")))
                .toList();
    }
}
