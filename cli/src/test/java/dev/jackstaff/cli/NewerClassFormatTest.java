package dev.jackstaff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NewerClassFormatTest {
    private static final int FIRST_WITH_STACK_MAPS = 50;

    @TempDir
    Path folder;

    private Path picocli() throws Exception {
        Path original =
                Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Files.copy(original, folder.resolve("picocli.jar"));
    }

    private static int oldest(Path jar) throws Exception {
        int oldest = Integer.MAX_VALUE;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries()))
                if (entry.getName().endsWith(".class"))
                    oldest = Math.min(
                            oldest,
                            ClassFile.of().parse(zip.getInputStream(entry).readAllBytes()).majorVersion());
        }
        return oldest;
    }

    /// The JVM looks at every method of a class when it is verified; all classes of the jar are.
    @Test
    void old_classes_get_a_format_that_can_be_cached_and_work_as_before() throws Exception {
        Path jar = picocli();
        assertThat(oldest(jar)).isLessThan(FIRST_WITH_STACK_MAPS);
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(jar, time);
        NewerClassFormat.rewrite(jar);
        assertThat(oldest(jar)).isGreaterThanOrEqualTo(FIRST_WITH_STACK_MAPS);
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(time);
        try (URLClassLoader loader = new URLClassLoader(new URL[]{jar.toUri().toURL()}, null)) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    String name = entry.getName();
                    if (name.startsWith("picocli/") && name.endsWith(".class"))
                        Class.forName(name.replace(".class", "").replace('/', '.'), true, loader);
                }
            }
            Class<?> commandLine = loader.loadClass("picocli.CommandLine");
            assertThat(commandLine).isNotSameAs(CommandLine.class);
            assertThat(commandLine.getField("VERSION").get(null)).isEqualTo(CommandLine.VERSION);
        }
    }

    @Test
    void what_is_new_enough_stays_byte_for_byte() throws Exception {
        Path jar = picocli();
        NewerClassFormat.rewrite(jar);
        byte[] once = Files.readAllBytes(jar);
        NewerClassFormat.rewrite(jar);
        assertThat(Files.readAllBytes(jar)).isEqualTo(once);
    }
}
