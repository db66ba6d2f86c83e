package dev.jackstaff.verify.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/// Which cores a JVM may use.
final class Cores {
    private Cores() {}

    /// A program that is this JVM's `java`, but on the last core only, where the machine has `taskset`.
    static Optional<Path> javaOnOne() throws IOException {
        Optional<Path> taskset = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "taskset"))
                .filter(Files::isExecutable)
                .findFirst();
        return taskset.isEmpty() ? Optional.empty() : Optional.of(script(taskset.get()));
    }

    private static Path script(Path taskset) throws IOException {
        int core = Runtime.getRuntime().availableProcessors() - 1;
        Path script = Files.createTempFile("java-on-core-" + core + "-", "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        script.toFile().deleteOnExit();
        return Files.writeString(script, "#!/bin/sh\nexec '%s' -c %d '%s' \"$@\"\n"
                .formatted(taskset, core, Path.of(System.getProperty("java.home"), "bin", "java")));
    }
}
