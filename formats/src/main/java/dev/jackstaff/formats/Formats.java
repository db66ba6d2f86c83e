package dev.jackstaff.formats;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.Syntax;
import java.time.ZoneId;

/// Text of a flag file to the document the engine reads.
///
/// The kinds scalars get are those of GO Feature Flag's decoders (`gopkg.in/yaml.v3`, `encoding/json`,
/// `BurntSushi/toml`), except that TOML's integers are integers like YAML's. Every problem has a line and a column.
public final class Formats {
    private Formats() {}

    /// As [#open(Syntax, String, byte[], Limits)] with [Limits#DEFAULT].
    public static Document open(Syntax syntax, String source, byte[] text) {
        return open(syntax, source, text, Limits.DEFAULT);
    }

    /// A document over `text`. Nothing is parsed before it is walked, and nothing but `text` is kept between two members
    /// (YAML: and what has an anchor; TOML: the whole tree, since a TOML table may go on anywhere in the text).
    ///
    /// JSON and TOML are UTF-8, YAML may begin with the byte order mark of UTF-8 or UTF-16. In JSON, bytes that are not
    /// UTF-8 and lone surrogates read as U+FFFD; elsewhere they are a problem. TOML dates without a zone are in the host's.
    ///
    /// @param source the name people know the text by, for locations
    /// @param text   not copied: must not change until the document has been walked
    public static Document open(Syntax syntax, String source, byte[] text, Limits limits) {
        requireNonNull(source, "source");
        Refusals refusals = new Refusals(source, limits);
        return switch (syntax) {
            case YAML -> new YamlDocument(text, refusals);
            case JSON -> new JsonDocument(text, refusals);
            case TOML -> new TomlDocument(text, refusals, ZoneId.systemDefault());
        };
    }
}
