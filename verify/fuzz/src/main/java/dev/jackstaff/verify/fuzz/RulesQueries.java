package dev.jackstaff.verify.fuzz;

import java.nio.charset.StandardCharsets;

/// Rules expressions.
public final class RulesQueries {
    private RulesQueries() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Oracle.ask(Oracle.withQuery(new String(input, StandardCharsets.UTF_8)), Oracle.users());
    }
}
