package dev.jackstaff.verify.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The compiled product as this build made it: its modules and its classes.
final class Product {
    static final String ROOT = "dev.jackstaff";

    private Product() {}

    /// Every class of the product, without the tests and without this module.
    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT)
                .that(resideOutsideOfPackage(ROOT + ".verify.."));
    }

    /// A module of the product and where its classes lie: a folder or a jar.
    record Module(ModuleDescriptor descriptor, URI location) {
        String name() {
            return descriptor.name();
        }

        JavaClasses classes() {
            try {
                return new ClassFileImporter().importUrl(location.toURL());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// The files right below a folder of the module, by their name in it; none where there is no such folder.
        Map<String, byte[]> filesBelow(String folder) throws IOException {
            if (location.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
                    return files(jar.getPath("/" + folder));
                }
            }
            return files(Path.of(location).resolve(folder));
        }

        private static Map<String, byte[]> files(Path folder) throws IOException {
            if (!Files.isDirectory(folder)) return Map.of();
            Map<String, byte[]> files = new TreeMap<>();
            try (Stream<Path> paths = Files.list(folder)) {
                for (Path path : paths.toList()) files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
            return files;
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static List<Module> modules() {
        try {
            List<Module> modules = new ArrayList<>();
            for (URL info : Collections.list(Product.class.getClassLoader().getResources("module-info.class"))) {
                try (InputStream in = info.openStream()) {
                    ModuleDescriptor descriptor = ModuleDescriptor.read(in);
                    String base = info.toString().substring(0, info.toString().length() - "module-info.class".length());
                    if (descriptor.name().startsWith(ROOT)) modules.add(new Module(descriptor, URI.create(base)));
                }
            }
            modules.sort(Comparator.comparing(Module::name));
            return modules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
