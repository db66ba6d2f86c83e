package dev.jackstaff.verify.architecture;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The module path finds an integration through `provides`, the class path through `META-INF/services`: both must name it.
class ServicesTest {
    static List<Product.Module> modules() {
        return Product.modules();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void the_class_path_finds_what_the_module_path_finds(Product.Module module) throws IOException {
        assertThat(onTheClassPath(module)).isEqualTo(onTheModulePath(module));
    }

    @Test
    void a_provider_on_one_path_only_is_a_difference(@TempDir Path classes) throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.lang.Runnable"), "# whose\nplanted.Runner # and why\n");
        var module = new Product.Module(
                ModuleDescriptor.newModule("planted")
                        .packages(Set.of("planted"))
                        .provides("java.lang.Runnable", List.of("planted.Runner"))
                        .provides("java.lang.Comparable", List.of("planted.Order"))
                        .build(),
                classes.toUri());

        assertThat(onTheModulePath(module)).hasSize(2);
        assertThat(onTheClassPath(module)).isEqualTo(Map.of("java.lang.Runnable", List.of("planted.Runner")));
    }

    private static Map<String, List<String>> onTheModulePath(Product.Module module) {
        return module.descriptor()
                .provides()
                .stream()
                .collect(toMap(ModuleDescriptor.Provides::service, ModuleDescriptor.Provides::providers));
    }

    private static Map<String, List<String>> onTheClassPath(Product.Module module) throws IOException {
        Map<String, List<String>> services = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> file : module.filesBelow("META-INF/services/").entrySet())
            services.put(file.getKey(), providers(new String(file.getValue(), StandardCharsets.UTF_8)));
        return services;
    }

    private static List<String> providers(String file) {
        List<String> providers = new ArrayList<>();
        for (String line : file.lines().toList()) {
            String provider = line.replaceFirst("#.*", "").strip();
            if (!provider.isEmpty()) providers.add(provider);
        }
        return providers;
    }
}
