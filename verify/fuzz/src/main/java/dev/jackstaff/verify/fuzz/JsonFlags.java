package dev.jackstaff.verify.fuzz;

import dev.jackstaff.engine.document.Syntax;

/// Flag files in JSON.
public final class JsonFlags {
    private JsonFlags() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Oracle.flags(Syntax.JSON, input);
    }
}
