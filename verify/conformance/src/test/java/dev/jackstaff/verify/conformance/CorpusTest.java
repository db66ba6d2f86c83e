package dev.jackstaff.verify.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The public cases through the command that people run.
class CorpusTest {
    private static final Path PUBLIC = SharedCorpus.file("evaluation-public.jsonl.gz");

    @TempDir
    Path folder;

    @Test
    void every_recorded_answer_is_given_when_all_defects_are_kept() {
        Run run = run(Engine.OURS, "--compatibility", "exact", PUBLIC.toString());
        assertThat(run.out).isEqualTo("20000 passed, 0 failed\n");
        assertThat(run.exitCode).isZero();
    }

    @Test
    void by_default_only_the_cases_of_corrected_defects_differ_and_each_is_counted() {
        Run run = run(Engine.OURS, PUBLIC.toString());
        assertThat(run.out).isEqualTo("""
                74 answers differ from the recorded ones because a defect is corrected (docs/reference/conformance.md):
                  E-D5: 74
                  R-D45: 0
                20000 passed, 0 failed
                """);
        assertThat(run.exitCode).isZero();
    }

    /// A planted mistake: whoever is in bucket n gets what belongs to bucket n + 1.
    @Test
    void a_bucket_that_is_shifted_by_one_is_found() {
        Run run = run(CorpusTest::shiftedByOneBucket, "--compatibility", "exact", "--show", "2", PUBLIC.toString());
        assertThat(run.exitCode).isOne();
        Matcher last = Pattern.compile("(\\d+) passed, (\\d+) failed\n$").matcher(run.out);
        assertThat(last.find()).isTrue();
        assertThat(Integer.parseInt(last.group(2))).isPositive();
        assertThat(run.out).contains("  input     {", "  expected  {", "  got       {", "... and ");
        assertThat(run.out.lines().filter(line -> line.startsWith("  got "))).hasSize(2);
    }

    /// A planted mistake: a defect is called corrected, but the answer is neither the original's nor the corrected one.
    @Test
    void an_answer_that_no_defect_explains_has_failed() throws IOException {
        Path file = write(D5_CASE.replace("\"variationType\":\"A\"", "\"variationType\":\"C\""));
        Run run = run(Engine.OURS, file.toString());
        assertThat(run.out).contains("p1 (rules) differs in variationType").endsWith("0 passed, 1 failed\n");
    }

    @Test
    void an_answer_that_a_defect_explains_is_counted_under_its_number() throws IOException {
        Path file = write(D5_CASE);
        assertThat(run(Engine.OURS, "--compatibility", "exact", file.toString()).out).isEqualTo("1 passed, 0 failed\n");
        assertThat(run(Engine.OURS, file.toString()).out).contains("  E-D5: 1\n").endsWith("1 passed, 0 failed\n");
    }

    /// A planted mistake: evaluating and explaining part ways.
    @Test
    void an_explanation_with_another_answer_is_found() throws IOException {
        Path file = write(D5_CASE);
        Engine twin = (snapshot, key, context, now) -> Evaluation.FLAG_NOT_FOUND;
        assertThat(run(twin, file.toString()).out)
                .contains("p1 (rules) evaluating and explaining differ in value, variationType, reason, errorCode")
                .endsWith("0 passed, 1 failed\n");
    }

    @Test
    void other_words_in_the_error_details_are_a_failure_of_their_own_count() throws IOException {
        String none =
                "{\"id\":\"p2\",\"category\":\"x\",\"input\":{\"flagKey\":\"f\",\"flag\":{\"variations\":{\"A\":1}},"
                        + "\"evalContext\":null,\"flagContext\":{\"defaultSdkValue\":7}},\"expected\":{\"value\":7,"
                        + "\"variationType\":\"SdkDefault\",\"reason\":\"ERROR\",\"errorCode\":\"FLAG_CONFIG\","
                        + "\"errorDetails\":\"other words\",\"failed\":true,\"cacheable\":false,\"trackEvents\":true,"
                        + "\"version\":\"\"}}";
        assertThat(run(Engine.OURS, "--compatibility", "exact", write(none).toString()).out)
                .contains("differs in errorDetails")
                .endsWith("1 of the failed differ in errorDetails only\n0 passed, 1 failed\n");
    }

    @Test
    void what_is_no_corpus_is_refused_with_its_place() throws IOException {
        assertThat(run(Engine.OURS, folder.resolve("absent").toString()).err).contains("absent: no such file; name a");
        Run broken = run(Engine.OURS, write("{\"id\":").toString());
        assertThat(broken.err).contains("cases.jsonl:1:");
        assertThat(broken.exitCode).isEqualTo(2);
        assertThat(run(Engine.OURS, write("{\"world\":\"open\"}").toString()).err)
                .contains("cases.jsonl:1: no evaluation");
    }

    @Test
    void the_help_has_examples() {
        Run run = run(Engine.OURS, "--help");
        assertThat(run.out).contains("Usage: verify/conformance/run", "--compatibility=exact|corrected", "Examples:");
        assertThat(run.exitCode).isZero();
    }

    private static final String D5_CASE =
            "{\"id\":\"p1\",\"category\":\"rules\",\"input\":{\"flagKey\":\"f\",\"flag\":{"
                    + "\"variations\":{\"A\":\"A\",\"B\":\"B\"},\"targeting\":[{\"query\":\"a eq 1 and x.y eq 1\",\"variation\":"
                    + "\"A\"}],\"defaultRule\":{\"variation\":\"B\"}},\"evalContext\":{\"targetingKey\":\"k\",\"a\":1},"
                    + "\"flagContext\":{\"defaultSdkValue\":\"DEF\"}},\"expected\":{\"trackEvents\":true,\"variationType\":\"A\","
                    + "\"failed\":false,\"version\":\"\",\"reason\":\"TARGETING_MATCH\",\"errorCode\":\"\",\"value\":\"A\","
                    + "\"cacheable\":true}}";

    private static Evaluation shiftedByOneBucket(Snapshot flags, String key, EvaluationContext context, Instant now) {
        Trace trace = flags.explain(key, context, now);
        Evaluation right = trace.evaluation();
        List<Trace.RuleStep> rules = trace.rules();
        Trace.Assignment assignment = rules.isEmpty() ? null : rules.getLast().assignment();
        if (assignment == null || assignment.bucket() == null) return right;
        long shifted = (assignment.bucket() + 1) % Math.max(1, assignment.buckets());
        for (Trace.Range range : assignment.ranges()) {
            if (shifted < range.from() || shifted >= range.to() || range.variation().equals(right.variation()))
                continue;
            return Evaluation.builder()
                    .variation(range.variation(), flags.definitions().get(key).variations().get(range.variation()),
                            right.reason())
                    .cacheable(right.cacheable())
                    .trackEvents(right.trackEvents())
                    .version(right.version())
                    .metadata(right.metadata())
                    .build();
        }
        return right;
    }

    private Path write(String line) throws IOException {
        return Files.writeString(folder.resolve("cases.jsonl"), line + "\n", StandardCharsets.UTF_8);
    }

    private record Run(int exitCode, String out, String err) {}

    private static Run run(Engine engine, String... arguments) {
        StringWriter out = new StringWriter(), err = new StringWriter();
        CommandLine command = Conformance.commandLine(engine)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        return new Run(command.execute(arguments), out.toString(), err.toString());
    }
}
