package dev.jackstaff.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// What the launcher runs on its jars before [Rehearsal]: writes classes of Java 5 and older in the format of Java 17. The cache
/// for fast starts leaves old classes out, because they say nothing of the types on the stack; picocli is one of them, and
/// costs a start 45 ms. What the code does stays as it is.
final class NewerClassFormat {
    /// Java 6, the first with stack maps.
    private static final int FIRST_GOOD = ClassFile.JAVA_6_VERSION;

    private static final ClassTransform NEWER =
            ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                    .andThen(ClassTransform.dropping(ClassFileVersion.class::isInstance))
                    .andThen(ClassTransform.endHandler(
                            builder -> builder.withVersion(ClassFile.JAVA_17_VERSION, 0)));

    private NewerClassFormat() {}

    /// @param arguments jars, rewritten where they are
    public static void main(String[] arguments) throws IOException {
        for (String jar : arguments) rewrite(Path.of(jar));
    }

    static void rewrite(Path jar) throws IOException {
        Path rewritten = Files.createTempFile(jar.toAbsolutePath().getParent(), "jackstaff", ".jar");
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(rewritten))) {
            ClassFile format = format(from);
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements();) {
                ZipEntry entry = all.nextElement();
                ZipEntry same = new ZipEntry(entry.getName());
                same.setTime(entry.getTime());
                to.putNextEntry(same);
                copy(from, entry, format, to);
                to.closeEntry();
            }
        }
        Files.setLastModifiedTime(rewritten, Files.getLastModifiedTime(jar));
        Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(ZipFile from, ZipEntry entry, ClassFile format, OutputStream to) throws IOException {
        try (InputStream in = from.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            to.write(entry.getName().endsWith(".class") ? newer(bytes, format) : bytes);
        }
    }

    private static byte[] newer(byte[] bytes, ClassFile format) {
        ClassModel type = format.parse(bytes);
        return type.majorVersion() < FIRST_GOOD ? format.transformClass(type, NEWER) : bytes;
    }

    /// Stack maps are found anew, which takes looking up how the classes of the jar descend from each other.
    private static ClassFile format(ZipFile jar) {
        ClassHierarchyResolver own = ClassHierarchyResolver.ofResourceParsing(type -> {
            String name = type.packageName().replace('.', '/') + "/" + type.displayName() + ".class";
            ZipEntry entry = jar.getEntry(name);
            try {
                return entry == null ? null : jar.getInputStream(entry);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(own.orElse(ClassHierarchyResolver.defaultResolver())));
    }
}
