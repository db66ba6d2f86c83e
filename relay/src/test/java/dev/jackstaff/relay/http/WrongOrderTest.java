package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// T13 of the design for deadlines, I17 and I5: stages in a wrong order, and handlers that want what is not theirs, do not
/// compile.
class WrongOrderTest {

    @TempDir
    Path folder;

    /// Otherwise the tests below prove nothing.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dev.jackstaff.relay.http | Or<Routed> run(Pipeline p, Head h) { return p.admit(h).then(p::identify).then(p::route); }",
        "dev.jackstaff.relay.http | InlineHandler<Request> run() { return call -> Response.empty(200); }",
        "elsewhere | InlineHandler<Request> run() { return call -> Response.notLoaded(call.flagSet(), call.request().style()); }",
        "elsewhere | OffloadedHandler<Request> run() { return (call, waiting) -> { waiting.check(); return null; }; }",
    })
    void what_is_right_compiles(String place, String method) throws Exception {
        assertThat(errors(place, method)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Or<Identified> run(Pipeline p, Head h) { return p.identify(h); } | Head cannot be converted to",
        "Or<Routed> run(Pipeline p, Head h) { return p.route(h); } | Head cannot be converted to",
        "Or<Routed> run(Pipeline p, Head h) { return p.admit(h).then(p::route); } | Admitted cannot be converted to",
        "Or<Routed> run(Pipeline p, Head h) { return p.admit(h).then(p::identify); } | inference variable R has incompatible",
        "Or<Identified> run(Pipeline p, Routed r) { return p.identify(r); } | Routed cannot be converted to",
        "Work run(Identified i) { return i.work(null, Limits.DEFAULT); } | cannot find symbol",
        "Work run(Or<Routed> r) { return r.work(null, Limits.DEFAULT); } | cannot find symbol",
    })
    void a_stage_cannot_be_left_out_or_come_too_early(String method, String error) throws Exception {
        assertThat(errors("dev.jackstaff.relay.http", method)).isNotEmpty().anyMatch(line -> line.contains(error));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Object run(Head h) { return new Admitted(h, Area.OPEN); } | class Admitted",
        "Object run() { return new Pipeline(null, java.util.List.of()); } | class Pipeline",
        "Object run(Request r, ServedFlagSet f) { return new Decoded<>(r, f, r); } | is not public in",
        "Object run() { return new Slot<String>(); } | class Slot",
        "InlineHandler<Request> run() { return (call, waiting) -> null; } | incompatible parameter types",
        "InlineHandler<Request> run() { return call -> { call.response().end(); return null; }; } | cannot find symbol",
        "InlineHandler<Request> run() { return call -> { call.request().connection().close(); return null; }; } | cannot find symbol",
        "OffloadedHandler<Request> run() { return (call, waiting) -> { waiting.offer(null); return null; }; } | cannot find symbol",
    })
    void a_handler_cannot_make_a_stage_or_reach_a_connection(String method, String error) throws Exception {
        assertThat(errors("elsewhere", method)).isNotEmpty().anyMatch(line -> line.contains(error));
    }

    /// A verdict that nobody handles stops the build, too.
    @Test
    void a_new_verdict_would_have_to_be_handled() throws Exception {
        assertThat(errors("dev.jackstaff.relay.http", """
                int run(Verdict verdict) {
                    return switch (verdict) {
                        case Verdict.Answer _, Verdict.Failed _, Verdict.Expired _ -> 1;
                    };
                }
                """)).anyMatch(line -> line.contains("does not cover all possible input values"));
    }

    private List<String> errors(String place, String method) throws Exception {
        String source =
                "package " + place + ";\nimport dev.jackstaff.relay.http.*;\nclass Snippet { " + method + " }\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            compiler.getTask(
                    null, files, found,
                    List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString()), null,
                    List.of(new Source(source))).call();
        }
        return found.getDiagnostics()
                .stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Snippet.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
