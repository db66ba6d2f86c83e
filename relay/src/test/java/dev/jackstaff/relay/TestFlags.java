package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.snapshot.Compilation;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Flags for tests, compiled from text without a retriever in between.
public final class TestFlags {
    private TestFlags() {}

    /// A file beside the tests.
    public static String resource(String name) {
        try (InputStream in = TestFlags.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Snapshot yaml(String text) {
        return compiled(Syntax.YAML, text, CompileOptions.DEFAULT);
    }

    public static Snapshot compiled(Syntax syntax, String text, CompileOptions options) {
        FlagFile file = (FlagFile) FlagFile.read(Formats.open(syntax, "flags", text.getBytes(StandardCharsets.UTF_8)));
        Compilation compilation = Snapshot.compile(file, options);
        assertThat(compilation).as(compilation.problems().toString()).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).snapshot();
    }
}
