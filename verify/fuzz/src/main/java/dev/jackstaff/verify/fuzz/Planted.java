package dev.jackstaff.verify.fuzz;

import dev.jackstaff.engine.flag.FlagFile;
import java.nio.charset.StandardCharsets;

/// A mistake planted to be found: a reader of queries that forgets that an operand can be empty. A fuzzer that does not
/// find it within its run proves nothing with the others.
public final class Planted {
    private Planted() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String query = new String(input, StandardCharsets.UTF_8);
        FlagFile file = Oracle.withQuery(query);
        int operator = query.indexOf(" sw \"");
        if (operator > 0 && query.startsWith("\"", operator + " sw \"".length()))
            throw new IllegalStateException("an empty operand");
        Oracle.ask(file, Oracle.users());
    }
}
