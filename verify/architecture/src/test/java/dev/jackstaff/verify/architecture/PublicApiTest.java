package dev.jackstaff.verify.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A public type is a promise, so it appears and vanishes only together with a changed line in `api/`.
class PublicApiTest {
    private static final Path LISTINGS = Repository.ROOT.resolve("verify/architecture/api");
    private static final String UPDATE =
            "mvn -q -Dquick -pl verify/architecture -am -Dtest=PublicApiTest -Dapi.update test";

    static List<Product.Module> modules() {
        return Product.modules();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void the_public_types_of_a_module_are_the_listed_ones(Product.Module module) throws IOException {
        List<String> types = PublicApi.of(module);
        Path listing = listing(module);
        if (System.getProperty("api.update") != null) update(listing, types);
        List<String> listed = Files.exists(listing) ? Files.readAllLines(listing) : List.of();
        assertThat(types)
                .as("public types of %s; if the change is meant, write it down with: %s", module, UPDATE)
                .containsExactlyElementsOf(listed);
    }

    @Test
    void every_listing_belongs_to_a_module() throws IOException {
        try (Stream<Path> listings = Files.list(LISTINGS)) {
            assertThat(listings).filteredOn(file -> file.toString().endsWith(".txt"))
                    .isSubsetOf(modules().stream().map(PublicApiTest::listing).toList());
        }
    }

    @Test
    void a_type_is_public_when_all_around_it_is_and_its_package_is_exported() throws URISyntaxException {
        String exported = getClass().getPackageName() + ".planted.retrievers.http";
        String hidden = getClass().getPackageName() + ".planted.relay";
        var module = new Product.Module(
                ModuleDescriptor.newModule("planted").packages(Set.of(hidden)).exports(exported).build(),
                getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(PublicApi.of(module)).containsExactly(
                "record " + exported + ".PlantedHttp", "enum " + exported + ".PlantedHttp$Method");
    }

    private static void update(Path listing, List<String> types) throws IOException {
        Files.createDirectories(LISTINGS);
        if (types.isEmpty()) Files.deleteIfExists(listing);
        else
            Files.write(listing, types);
    }

    private static Path listing(Product.Module module) {
        return LISTINGS.resolve(module.name() + ".txt");
    }
}
