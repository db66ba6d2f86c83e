package dev.jackstaff.verify.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.module.ModuleDescriptor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What others can name: the public types of the packages that a module exports to everybody.
final class PublicApi {
    private PublicApi() {}

    static List<String> of(Product.Module module) {
        List<String> exported = module.descriptor()
                .exports()
                .stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .toList();
        return module.classes()
                .stream()
                .filter(type -> exported.contains(type.getPackageName()) && isVisible(type))
                .sorted(Comparator.comparing(JavaClass::getName))
                .map(type -> kind(type) + " " + type.getName())
                .toList();
    }

    /// Public, and so is every type around it.
    private static boolean isVisible(JavaClass type) {
        Optional<JavaClass> around = type.getEnclosingClass();
        return type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isAnonymousClass() && !type.isLocalClass()
                && (around.isEmpty() || isVisible(around.get()));
    }

    private static String kind(JavaClass type) {
        if (type.isAnnotation()) return "annotation";
        if (type.isInterface()) return "interface";
        if (type.isEnum()) return "enum";
        return type.isRecord() ? "record" : "class";
    }
}
