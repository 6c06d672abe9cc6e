package org.mshareemu.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mshareemu.mmu.annotation.HotPath;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// No method marked [HotPath] allocates, by its own bytecode: `new` (of anything but a throwable),
/// arrays, boxing, lambdas and string building.
final class HotPathTest {
    private static final ClassDesc HOT_PATH = HotPath.class.describeConstable().orElseThrow();

    /// Call sites that allocate nothing: pattern and enum switches.
    private static final String SWITCH_BOOTSTRAPS = "java/lang/runtime/SwitchBootstraps";

    private static final Set<String> BOXES =
            Set.of(
                    "java/lang/Boolean",
                    "java/lang/Byte",
                    "java/lang/Character",
                    "java/lang/Short",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Float",
                    "java/lang/Double");

    @Test
    void hotMethodsAllocateNothing() throws IOException {
        List<String> findings = new ArrayList<>();
        for (byte[] bytes : HouseClasses.bytes()) {
            findings.addAll(findings(bytes));
        }
        assertEquals(List.of(), findings);
    }

    @Test
    void everyKindOfAllocationIsSeen() throws IOException {
        assertEquals(
                List.of(
                        "boxes: calls java/lang/Long.valueOf",
                        "closes: invokedynamic run",
                        "makesAnArray: new array",
                        "makesAnObject: new java/lang/Object"),
                findings(bytesOf(Planted.class)).stream()
                        .map(finding -> finding.substring(finding.indexOf('.') + 1))
                        .sorted()
                        .toList());
    }

    @HotPath
    static final class Planted {
        static Long boxes(long value) {
            return value;
        }

        static Runnable closes(long value) {
            return () -> boxes(value);
        }

        static long[] makesAnArray() {
            return new long[1];
        }

        static Object makesAnObject() {
            return new Object();
        }

        static void mayThrow() {
            throw new IllegalStateException();
        }
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (InputStream in =
                type.getResourceAsStream(
                        type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
            if (in == null) {
                throw new IOException("no class file of " + type);
            }
            return in.readAllBytes();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<String> findings(byte[] bytes) {
        ClassModel type = ClassFile.of().parse(bytes);
        boolean wholeType = isHot(type);
        List<String> findings = new ArrayList<>();
        for (MethodModel method : type.methods()) {
            String name = method.methodName().stringValue();
            boolean initializer = name.equals("<init>") || name.equals("<clinit>");
            boolean synthetic = (method.flags().flagsMask() & ClassFile.ACC_SYNTHETIC) != 0;
            if (isHot(method) || (wholeType && !initializer && !synthetic)) {
                method.code()
                        .ifPresent(code ->
                                code.forEach(element -> {
                                    String allocation = allocation(element);
                                    if (allocation != null) {
                                        findings.add(
                                                type.thisClass().asInternalName()
                                                        + "."
                                                        + name
                                                        + ": "
                                                        + allocation);
                                    }
                                }));
            }
        }
        return findings;
    }

    /// What the instruction allocates; null where it does not.
    private static @Nullable String allocation(CodeElement element) {
        return switch (element) {
            case NewObjectInstruction made -> {
                String name = made.className().asInternalName();
                yield isThrowable(name) ? null : "new " + name;
            }
            case NewPrimitiveArrayInstruction _,
                    NewReferenceArrayInstruction _,
                    NewMultiArrayInstruction _ ->
                    "new array";
            case InvokeDynamicInstruction site ->
                    site.bootstrapMethod()
                                    .owner()
                                    .descriptorString()
                                    .equals("L" + SWITCH_BOOTSTRAPS + ";")
                            ? null
                            : "invokedynamic " + site.name().stringValue();
            case InvokeInstruction call
                    when call.name().equalsString("valueOf")
                            && BOXES.contains(call.owner().asInternalName()) ->
                    "calls " + call.owner().asInternalName() + ".valueOf";
            default -> null;
        };
    }

    private static boolean isThrowable(String internalName) {
        try {
            return Throwable.class.isAssignableFrom(
                    Class.forName(
                            internalName.replace('/', '.'),
                            false,
                            HotPathTest.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isHot(AttributedElement element) {
        return element
                .findAttribute(Attributes.runtimeInvisibleAnnotations())
                .map(RuntimeInvisibleAnnotationsAttribute::annotations)
                .orElse(List.of())
                .stream()
                .map(Annotation::classSymbol)
                .anyMatch(HOT_PATH::equals);
    }
}
