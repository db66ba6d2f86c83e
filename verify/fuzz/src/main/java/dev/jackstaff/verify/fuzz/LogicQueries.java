package dev.jackstaff.verify.fuzz;

import java.nio.charset.StandardCharsets;

/// JsonLogic; what makes it that is added, so that no input is wasted on the other language.
public final class LogicQueries {
    private LogicQueries() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Oracle.ask(Oracle.withQuery("{" + new String(input, StandardCharsets.UTF_8)), Oracle.users());
    }
}
