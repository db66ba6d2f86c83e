package dev.jackstaff.verify.benchmarks;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import dev.jackstaff.engine.snapshot.Compilation;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.Formats;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// The text of a flag file that is known to be right.
///
/// @param bytes not to be written to
@SuppressWarnings("ArrayRecordComponent")
public record FlagText(Syntax syntax, byte[] bytes) {

    /// When everything here is evaluated.
    public static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    static FlagText yaml(String text) {
        return new FlagText(Syntax.YAML, text.getBytes(StandardCharsets.UTF_8));
    }

    FlagFile read() {
        Reading reading = FlagFile.read(Formats.open(syntax, "flags", bytes));
        if (reading instanceof FlagFile file && file.problems().isEmpty()) return file;
        throw new IllegalStateException(reading.problems().toString());
    }

    /// From text to a snapshot.
    public Snapshot compile() {
        return compiled(Snapshot.compile(read(), CompileOptions.DEFAULT));
    }

    static Snapshot compiled(Compilation compilation) {
        if (compilation instanceof Compilation.Compiled(Snapshot snapshot, var problems) && problems.isEmpty())
            return snapshot;
        throw new IllegalStateException(compilation.problems().toString());
    }
}
