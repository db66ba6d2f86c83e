package dev.jackstaff.verify.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/// The recorded answers, which lie in a folder `shared` beside the checkout.
public final class SharedCorpus {
    /// Surefire runs in the folder of this module, two below the root.
    private static final Path FOLDER =
            Path.of("").toAbsolutePath().getParent().getParent().resolveSibling("shared").resolve("conformance");

    private SharedCorpus() {}

    /// A file or folder of the corpus. A test that cannot find it fails: it must not pass without having looked.
    public static Path file(String name) {
        Path file = FOLDER.resolve(name);
        assertThat(Files.exists(file))
                .as("the recorded answers of GO Feature Flag are expected beside the checkout, in %s", file)
                .isTrue();
        return file;
    }
}
