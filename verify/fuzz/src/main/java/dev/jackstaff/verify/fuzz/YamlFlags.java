package dev.jackstaff.verify.fuzz;

import dev.jackstaff.engine.document.Syntax;

/// Flag files in YAML.
public final class YamlFlags {
    private YamlFlags() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Oracle.flags(Syntax.YAML, input);
    }
}
