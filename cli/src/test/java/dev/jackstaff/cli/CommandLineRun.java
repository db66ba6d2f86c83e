package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// One command, run in this process.
record CommandLineRun(int exitCode, String out, String err) {

    static CommandLineRun of(String... arguments) {
        return withInput("", arguments);
    }

    static CommandLineRun withInput(String input, String... arguments) {
        StringWriter out = new StringWriter(), err = new StringWriter();
        int exitCode = Jackstaff.run(new ByteArrayInputStream(input.getBytes(UTF_8)), new PrintWriter(out),
                new PrintWriter(err),
                arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
