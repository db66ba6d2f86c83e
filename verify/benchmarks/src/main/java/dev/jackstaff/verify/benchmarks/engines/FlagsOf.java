package dev.jackstaff.verify.benchmarks.engines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The flags in an engine's own notation.
final class FlagsOf {
    private FlagsOf() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(FlagsOf.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    /// A copy in the file system, for engines that read nothing else; gone when the JVM ends.
    static Path file(String name) throws IOException {
        Path file = Files.createTempFile("flags-", "-" + name);
        file.toFile().deleteOnExit();
        return Files.write(file, bytes(name));
    }
}
