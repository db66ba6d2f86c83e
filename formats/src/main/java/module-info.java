import org.jspecify.annotations.NullMarked;

/// JSON, YAML and TOML text to a document tree with line numbers.
@NullMarked
module dev.jackstaff.formats {
    requires static transitive org.jspecify;
    requires transitive dev.jackstaff.engine;
    requires com.fasterxml.jackson.core;
    requires org.snakeyaml.engine;
    requires org.tomlj;

    exports dev.jackstaff.formats;
    exports dev.jackstaff.formats.json;
}
