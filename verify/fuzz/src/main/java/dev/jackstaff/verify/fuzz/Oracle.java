package dev.jackstaff.verify.fuzz;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import dev.jackstaff.engine.snapshot.Compilation;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.Formats;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What must hold whatever the input: reading ends with flags or with problems that have a place, evaluating and
/// explaining give the same, and what is corrected differs from the original only where loading said so.
///
/// A break of it is an [AssertionError]; every other throwable that reaches the fuzzer is a finding, too.
final class Oracle {
    /// Small enough that a rule which wants to run forever is stopped within milliseconds.
    private static final long FUEL = 50_000;
    private static final int FLAGS_ASKED = 50;
    private static final Pattern THROWN = Pattern.compile("\\bjava\\.\\w+\\.\\w+(Exception|Error)");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final List<EvaluationContext> USERS = List.of(
            EvaluationContext.EMPTY,
            EvaluationContext.of("user-1", Map.of(
                    "a", 1L, "b", "text", "plan", "pro", "version", "1.2.3", "age", 42.5, "beta", true,
                    "list", List.of("a", 1L, 2.5), "nested", Map.of("a", Map.of("b", "x")))));

    private Oracle() {}

    /// Reads a flag file, compiles it in every mode and asks its flags.
    static void flags(Syntax syntax, byte[] text) {
        Reading reading = FlagFile.read(Formats.open(syntax, "fuzz", text));
        placed(reading.problems(), text);
        switch (reading) {
            case Reading.Unreadable unreadable ->
                    require(unreadable.problems().stream().anyMatch(Problem::isError), "refused without an error");
            case FlagFile file -> ask(file, USERS);
        }
    }

    /// Compiles flags in every mode and asks them for each user.
    static void ask(FlagFile file, List<EvaluationContext> users) {
        Snapshot exact = compiled(file, options(Compatibility.EXACT));
        Compilation correction = Snapshot.compile(file, options(Compatibility.CORRECTED));
        if (!(correction instanceof Compilation.Compiled(Snapshot corrected, List<Problem> problems)))
            throw new AssertionError("refused as a whole: " + correction.problems());
        Compilation _ = Snapshot.compile(file, CompileOptions.DEFAULT.withStrict(true));
        for (String key : file.flags().keySet().stream().limit(FLAGS_ASKED).toList()) {
            for (EvaluationContext user : users) {
                Evaluation original = asked(exact, key, user), ours = asked(corrected, key, user);
                if (!same(original, ours))
                    require(refused(problems, key) || announced(problems, key),
                            key + " differs from the original, and loading did not say so");
            }
        }
    }

    private static Evaluation asked(Snapshot snapshot, String key, EvaluationContext user) {
        Evaluation evaluation = snapshot.evaluate(key, user, NOW);
        Trace trace = Objects.requireNonNull(snapshot.explain(key, user, NOW), "no explanation");
        require(same(evaluation, trace.evaluation()), key + " is explained otherwise than evaluated");
        return evaluation;
    }

    private static boolean same(Evaluation one, Evaluation other) {
        return one.variation().equals(other.variation())
                && one.reason() == other.reason()
                && one.errorCode() == other.errorCode()
                && Objects.equals(one.value(), other.value())
                && one.metadata().equals(other.metadata());
    }

    /// Nobody is served a flag with an error, so what is corrected in it need not be told.
    private static boolean refused(List<Problem> problems, String key) {
        return problems.stream().anyMatch(problem -> key.equals(problem.flagKey()) && problem.isError());
    }

    private static boolean announced(List<Problem> problems, String key) {
        return problems.stream()
                .anyMatch(problem -> key.equals(problem.flagKey())
                        && Stream.of(Compatibility.Defect.values())
                                .anyMatch(defect -> problem.message().contains("(" + defect.number() + ")")));
    }

    private static Snapshot compiled(FlagFile file, CompileOptions options) {
        return switch (Snapshot.compile(file, options)) {
            case Compilation.Compiled compiled -> compiled.snapshot();
            case Compilation.Refused refused ->
                    throw new AssertionError("refused as a whole: " + refused.problems());
        };
    }

    /// Flags as they stand, valid or not: what is invalid must not bring evaluation down either.
    private static CompileOptions options(Compatibility compatibility) {
        return CompileOptions.DEFAULT.withCompatibility(compatibility).withValidate(false).withFuel(FUEL);
    }

    private static void placed(List<Problem> problems, byte[] text) {
        long lines = 2;
        for (byte b : text)
            if (b == '\n' || b == '\r' || b == (byte) 0x85 || b == (byte) 0xA8 || b == (byte) 0xA9) lines++;
        for (Problem problem : problems) {
            require(problem.location().line() > 0 || problem.path().isEmpty(), "no place: " + problem);
            require(problem.location().line() <= lines, "a place behind the end: " + problem);
            require(!problem.message().isBlank(), "no message");
            require(!THROWN.matcher(problem.message()).find(), "the inside shows: " + problem);
        }
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }

    /// A file with one flag whose one rule has this query.
    static FlagFile withQuery(String query) {
        String text = "{\"f\":{\"variations\":{\"A\":1,\"B\":2},\"targeting\":[{\"query\":" + quoted(query)
                + ",\"variation\":\"A\"}],\"defaultRule\":{\"variation\":\"B\"}}}";
        Document document = Formats.open(Syntax.JSON, "fuzz", text.getBytes(StandardCharsets.UTF_8));
        if (FlagFile.read(document) instanceof FlagFile file) return file;
        throw new AssertionError("a file with one rule is not read: " + text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (c < ' ') quoted.append(String.format("\\u%04x", (int) c));
            else
                quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    static List<EvaluationContext> users() {
        return USERS;
    }
}
