package dev.jackstaff.verify.fuzz;

import dev.jackstaff.engine.document.Syntax;

/// Flag files in TOML.
public final class TomlFlags {
    private TomlFlags() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Oracle.flags(Syntax.TOML, input);
    }
}
