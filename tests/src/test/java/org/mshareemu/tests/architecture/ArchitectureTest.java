package org.mshareemu.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// The import rules between the rooms, and the rules for every class.
final class ArchitectureTest {
    private static final String OURS = "org.mshareemu..";
    private static final String MMU = "org.mshareemu.mmu..";
    private static final String EMULATOR = "org.mshareemu.emulator..";
    private static final String MSHARE = "org.mshareemu.mshare..";
    private static final String KERNEL = "org.mshareemu.emulator.kernel..";

    /// [KernelBug][org.mshareemu.emulator.kernel.KernelBug] alone.
    private static final String KERNEL_ROOT = "org.mshareemu.emulator.kernel";

    private static final String VFS = "org.mshareemu.emulator.kernel.vfs..";
    private static final String MM = "org.mshareemu.emulator.kernel.mm..";
    private static final String BOOT = "org.mshareemu.emulator.boot..";
    private static final String CLI = "org.mshareemu.emulator.cli..";
    private static final String OBSERVE = "org.mshareemu.emulator.observe..";
    private static final String CPU = "org.mshareemu.emulator.cpu..";
    private static final String UNICORN = "org.mshareemu.emulator.unicorn..";
    private static final String CAPSTONE = "org.mshareemu.emulator.capstone..";
    private static final String NATIVELIB = "org.mshareemu.emulator.nativelib..";

    /// The classes of the kernel that may ask what time it is outside: the clock of `--clock real`,
    /// the loop that keeps the time limit of a whole run, and files of the host, touched "now".
    private static final String HOST_TIME = "RealClock|RunLoop|HostInode";

    /// The classes of the kernel that other threads may enter: what waits for the host's input, and
    /// the queue on which it tells.
    private static final String HOST_DOORS = "Host(Events|Input)";

    /// Fewer classes than this would mean that the rules look at nothing.
    private static final int LEAST_CLASSES = 20;

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.mshareemu");

    @Test
    void allThreeModulesAreLookedAt() {
        for (String module : List.of("mmu", "emulator", "mshare")) {
            assertTrue(HOUSE.containPackage("org.mshareemu." + module), module);
        }
        assertTrue(HOUSE.size() > LEAST_CLASSES, () -> HOUSE.size() + " classes");
    }

    @Test
    void mmuImportsNothingOfOurs() {
        check(from(MMU).mayOnlySee(MMU));
    }

    @Test
    void emulatorNeverImportsMshare() {
        check(from(EMULATOR).mayNotSee(MSHARE));
    }

    @Test
    void bindingsImportNothingOfOursButTheLibrarySearch() {
        check(from(UNICORN).mayOnlySee(UNICORN, NATIVELIB));
        check(from(CAPSTONE).mayOnlySee(CAPSTONE, NATIVELIB));
        check(from(NATIVELIB).mayOnlySee(NATIVELIB));
    }

    @Test
    void cpuNeverImportsTheKernel() {
        check(from(CPU).mayOnlySee(CPU, UNICORN, NATIVELIB, MMU));
    }

    @Test
    void filesAndAddressSpacesNeverImportEachOther() {
        check(from(VFS).mayNotSee(MM));
        check(from(MM).mayNotSee(VFS));
    }

    @Test
    void kernelLeavesImportNothingOfOurs() {
        check(from(kernel("abi")).mayOnlySee(kernel("abi")));
        check(from(KERNEL_ROOT).mayOnlySee(KERNEL_ROOT));
        check(from(kernel("cred")).mayOnlySee(kernel("cred"), kernel("abi"), KERNEL_ROOT));
    }

    @Test
    void memmapKnowsNeitherFilesNorAddressSpacesNorTasks() {
        check(
                from(kernel("memmap"))
                        .mayNotSee(
                                VFS,
                                MM,
                                kernel("task"),
                                kernel("signal"),
                                kernel("syscall"),
                                kernel("spi")));
    }

    @Test
    void filesAndAddressSpacesNeverImportTasksOrSyscalls() {
        for (String room : List.of(VFS, MM)) {
            check(
                    from(room)
                            .mayNotSee(
                                    kernel("task"),
                                    kernel("signal"),
                                    kernel("syscall"),
                                    kernel("elf")));
        }
    }

    @Test
    void onlyTheCpuRoomTouchesTheEngine() {
        check(from(KERNEL).mayNotSee(UNICORN, CAPSTONE));
    }

    @Test
    void kernelNeverImportsItsReadersAndWirers() {
        check(from(KERNEL).mayNotSee(OBSERVE, CLI, BOOT, CAPSTONE));
        check(from(CPU).mayNotSee(OBSERVE, CLI, BOOT, CAPSTONE));
    }

    @Test
    void nobodyImportsTheCommandLine() {
        check(
                noClasses()
                        .that(resideInAPackage(OURS).and(not(CLI)))
                        .should()
                        .dependOnClassesThat(resideInAPackage(CLI)));
    }

    /// Credentials come with every caller, and a broken invariant is everybody's to report.
    @Test
    void mshareImportsOnlyWhatEveryPluginMay() {
        check(
                from(MSHARE)
                        .mayOnlySee(
                                MSHARE,
                                kernel("memmap"),
                                VFS,
                                kernel("abi"),
                                kernel("spi"),
                                kernel("cred"),
                                KERNEL_ROOT,
                                MMU));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("org.mshareemu.(**)").should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsNullMarked() {
        TreeSet<String> unmarked = new TreeSet<>();
        for (JavaClass type : HOUSE) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(type.getPackageName());
            }
        }
        assertEquals(new TreeSet<>(), unmarked);
    }

    @Test
    void classesAreFinalUnlessExtended() {
        check(
                classes()
                        .that(
                                describe(
                                        "are concrete and extended by nobody",
                                        type ->
                                                !type.isInterface()
                                                        && !type.isEnum()
                                                        && !type.isAnonymousClass()
                                                        && !type.getModifiers()
                                                                .contains(JavaModifier.ABSTRACT)
                                                        && !type.getSimpleName()
                                                                .equals("package-info")
                                                        && type.getSubclasses().isEmpty()))
                        .should()
                        .haveModifier(JavaModifier.FINAL));
    }

    @Test
    void namesSayWhatAClassIs() {
        check(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)"));
    }

    /// A call says what it wants by an enum: `Flush.NOW`, not `true`.
    @Test
    void noBooleanCrossesAPackageBorder() {
        TreeSet<String> calls = new TreeSet<>();
        for (JavaClass type : HOUSE) {
            for (JavaCodeUnitAccess<?> call : type.getCodeUnitAccessesFromSelf()) {
                JavaClass owner = call.getTargetOwner();
                boolean foreign =
                        owner.getPackageName().startsWith("org.mshareemu")
                                && !owner.getPackage().equals(type.getPackage());
                // A record is a message, and a message may say yes or no; so may a setter of one
                // property.
                if (foreign
                        && !owner.isRecord()
                        && !call.getName().startsWith("set")
                        && call.getTarget().getRawParameterTypes().stream()
                                .anyMatch(parameter -> parameter.isEquivalentTo(boolean.class))) {
                    calls.add(type.getName() + " calls " + call.getTarget().getFullName());
                }
            }
        }
        assertEquals(new TreeSet<>(), calls);
    }

    @Test
    void onlyTheCommandLineEndsTheJvm() {
        check(
                noClasses()
                        .that(not(CLI))
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "halt", int.class));
    }

    @Test
    void oneKernelThreadNeedsNoOther() {
        for (String room : List.of(MMU, CPU, KERNEL, MSHARE)) {
            check(
                    noClasses()
                            .that(resideInAPackage(room))
                            .and(DescribedPredicate.not(named(HOST_DOORS)))
                            .should()
                            .dependOnClassesThat(
                                    resideInAPackage("java.util.concurrent..")
                                            .and(
                                                    DescribedPredicate.not(
                                                            equivalentTo(TimeUnit.class)))
                                            .or(equivalentTo(Thread.class))
                                            .or(equivalentTo(ThreadLocal.class))));
        }
    }

    @Test
    void sameSeedGivesTheSameRun() {
        for (String room : List.of(MMU, CPU, KERNEL, MSHARE)) {
            check(
                    noClasses()
                            .that(resideInAPackage(room))
                            .and(DescribedPredicate.not(named(HOST_TIME)))
                            .should()
                            .callMethod(System.class, "currentTimeMillis")
                            .orShould()
                            .callMethod(System.class, "nanoTime")
                            .orShould()
                            .callMethod(System.class, "identityHashCode", Object.class)
                            .orShould()
                            .callMethod(Math.class, "random")
                            .orShould()
                            .callMethod(Instant.class, "now")
                            .orShould()
                            .callConstructor(Random.class)
                            .orShould()
                            .callConstructor(SecureRandom.class));
        }
    }

    private static String kernel(String room) {
        return "org.mshareemu.emulator.kernel." + room + "..";
    }

    private static DescribedPredicate<JavaClass> not(String packages) {
        return DescribedPredicate.not(resideInAPackage(packages));
    }

    private static DescribedPredicate<JavaClass> named(String pattern) {
        return describe("are named " + pattern, type -> type.getSimpleName().matches(pattern));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOUSE);
    }

    private static Room from(String packages) {
        return new Room(packages);
    }

    private record Room(String packages) {
        ArchRule mayNotSee(String... others) {
            return noClasses()
                    .that(resideInAPackage(packages))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others));
        }

        ArchRule mayOnlySee(String... others) {
            return noClasses()
                    .that(resideInAPackage(packages))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage(OURS)
                                    .and(DescribedPredicate.not(resideInAnyPackage(others))));
        }
    }
}
