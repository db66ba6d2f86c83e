package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// The forms in which `lint` prints what it found.
enum ProblemOutput {
    /// A line each, as compilers print them, and a line that says the files are valid if they are.
    TEXT {
        @Override
        void print(List<Problem> problems, PrintWriter out) {
            for (Problem problem : problems) out.println(problem);
            if (isValid(problems)) out.println("INFO: Valid GO Feature Flag configuration");
        }
    },
    /// One object: `valid`, the numbers of `errors` and `warnings`, and the `problems`.
    JSON {
        @Override
        void print(List<Problem> problems, PrintWriter out) {
            out.print(new String(JsonWriter.write(true, json -> write(json, problems)).copy(), UTF_8));
        }
    },
    /// Workflow commands of GitHub Actions, which show the problems at their lines in a pull request
    /// (https://docs.github.com/actions, workflow commands).
    GITHUB {
        @Override
        void print(List<Problem> problems, PrintWriter out) {
            for (Problem problem : problems) out.println(annotation(problem));
        }
    };

    private static final Name SEVERITY = Name.of("severity");
    private static final Name FILE = Name.of("file");
    private static final Name LINE = Name.of("line");
    private static final Name COLUMN = Name.of("column");
    private static final Name FLAG = Name.of("flag");
    private static final Name PATH = Name.of("path");
    private static final Name MESSAGE = Name.of("message");
    private static final Name HINT = Name.of("hint");

    abstract void print(List<Problem> problems, PrintWriter out);

    private static boolean isValid(List<Problem> problems) {
        return problems.stream().noneMatch(Problem::isError);
    }

    private static void write(JsonWriter json, List<Problem> problems) throws IOException {
        long errors = problems.stream().filter(Problem::isError).count();
        json.beginObject()
                .member(Name.of("valid"), errors == 0)
                .member(Name.of("errors"), errors)
                .member(Name.of("warnings"), problems.size() - errors)
                .name("problems")
                .beginList();
        for (Problem problem : problems) {
            json.beginObject()
                    .member(SEVERITY, problem.isError() ? "error" : "warning")
                    .member(FILE, problem.location().source())
                    .member(LINE, problem.location().line())
                    .member(COLUMN, problem.location().column())
                    .member(FLAG, (Object) problem.flagKey())
                    .member(PATH, problem.path())
                    .member(MESSAGE, problem.message())
                    .member(HINT, (Object) problem.hint())
                    .endObject();
        }
        json.endList().endObject();
    }

    private static String annotation(Problem problem) {
        Location at = problem.location();
        String place = at.line() == 0 ? "" : ",line=" + at.line() + ",col=" + at.column();
        String text = (problem.path().isEmpty() ? "" : problem.path() + ": ") + problem.message()
                + (problem.hint() == null ? "" : " (" + problem.hint() + ")");
        return "::" + (problem.isError() ? "error" : "warning") + " file=" + property(at.source()) + place + "::" + data(text);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
