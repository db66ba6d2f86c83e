package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.WALL_CLOCK;
import static dev.jackstaff.engine.snapshot.Asked.nobody;
import static dev.jackstaff.engine.snapshot.Asked.said;
import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.RuleBuilder.split;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.FlagFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From one snapshot to the next.
class NextSnapshotTest {
    private static final FlagBuilder GOOD = ab("beta").defaultRule(to("A"));
    private static final FlagBuilder BROKEN = ab("beta").defaultRule(to("Z"));

    @Test
    void a_flag_that_no_longer_compiles_keeps_its_last_good_version() {
        Compilation.Compiled broken = next(compiled(GOOD), BROKEN);
        assertThat(answer(broken, "beta")).isEqualTo("A/STATIC c");
        assertThat(broken.snapshot().definitions()).containsEntry("beta", GOOD.build());
        assertThat(broken.snapshot().quarantined()).singleElement().satisfies(quarantine -> {
            assertThat(quarantine.flagKey()).isEqualTo("beta");
            assertThat(quarantine.problems().get(0).message()).isEqualTo("invalid variation: Z does not exist");
        });
        assertThat(broken.problems()).singleElement().matches(Problem::isError);
    }

    @Test
    void it_stays_in_quarantine_until_it_is_valid_again() {
        Compilation.Compiled second = next(next(compiled(GOOD), BROKEN), BROKEN);
        assertThat(second.snapshot().quarantined()).hasSize(1);
        Compilation.Compiled unchanged = next(second, GOOD);
        assertThat(unchanged.snapshot().quarantined()).isEmpty();
        Compilation.Compiled mended = next(second, ab("beta").defaultRule(to("B")));
        assertThat(mended.snapshot().quarantined()).isEmpty();
        assertThat(answer(mended, "beta")).isEqualTo("B/STATIC c");
    }

    @Test
    void a_flag_that_was_never_valid_is_left_out() {
        Compilation.Compiled compiled = compiled(BROKEN);
        assertThat(compiled.snapshot().definitions()).isEmpty();
        assertThat(compiled.snapshot().quarantined()).isEmpty();
        assertThat(compiled.problems()).hasSize(1);
    }

    @Test
    void a_flag_that_is_gone_from_the_file_is_gone_quarantined_or_not() {
        Compilation.Compiled compiled = next(next(compiled(GOOD), BROKEN), ab("other").defaultRule(to("A")));
        assertThat(compiled.snapshot().definitions()).containsOnlyKeys("other");
        assertThat(compiled.snapshot().quarantined()).isEmpty();
    }

    /// What GO Feature Flag does.
    @Test
    void without_last_good_versions_an_invalid_flag_disappears() {
        Snapshot snapshot = Snapshot.empty(CompileOptions.DEFAULT.withKeepLastGood(false));
        Compilation.Compiled good = (Compilation.Compiled) snapshot.next(FlagFiles.of(GOOD.build()));
        Compilation.Compiled broken = next(good, BROKEN);
        assertThat(broken.snapshot().definitions()).isEmpty();
        assertThat(broken.snapshot().quarantined()).isEmpty();
        assertThat(answer(broken, "beta")).isEqualTo("ERR FLAG_NOT_FOUND «»");
    }

    @Test
    void an_empty_file_is_refused_where_there_were_flags() {
        Snapshot snapshot = compiled(GOOD).snapshot();
        assertThat(snapshot.next(FlagFiles.of())).isInstanceOfSatisfying(Compilation.Refused.class, refused -> {
            Problem problem = refused.problems().get(0);
            assertThat(problem.isError()).isTrue();
            assertThat(problem.location()).isEqualTo(Location.of("flags.yaml"));
            assertThat(problem.message()).contains("no flags");
        });
    }

    @Test
    void an_empty_file_is_taken_where_there_were_none_or_where_it_is_allowed() {
        assertThat(Snapshot.compile(FlagFiles.of(), CompileOptions.DEFAULT)).isInstanceOf(Compilation.Compiled.class);
        Snapshot snapshot = Asked.compiled(CompileOptions.DEFAULT.withRefuseEmpty(false), GOOD.build());
        Compilation emptied = snapshot.next(FlagFiles.of());
        assertThat(emptied).isInstanceOfSatisfying(
                Compilation.Compiled.class, it -> assertThat(it.snapshot().definitions()).isEmpty());
    }

    @Test
    void an_unchanged_flag_is_not_compiled_again() {
        Compilation.Compiled first = compiled(GOOD, ab("other").defaultRule(split("A", 50, "B", 50)));
        Compilation.Compiled second =
                next(first, GOOD.located("defaultRule", 7), ab("other").defaultRule(split("A", 40, "B", 60)));
        assertThat(second.snapshot().flags().get("beta")).isSameAs(first.snapshot().flags().get("beta"));
        assertThat(second.snapshot().flags().get("other")).isNotSameAs(first.snapshot().flags().get("other"));
    }

    @Test
    void the_problems_of_an_unchanged_flag_move_with_it() {
        FlagBuilder warned = ab("beta").defaultRule(split("A", 110, "B", -10));
        Compilation.Compiled first = compiled(warned.located("defaultRule", 3));
        Compilation.Compiled second = next(first, warned.located("defaultRule", 8));
        assertThat(first.problems()).singleElement().extracting(it -> it.location().line()).isEqualTo(3);
        assertThat(second.problems()).singleElement().extracting(it -> it.location().line()).isEqualTo(8);
    }

    @Test
    void problems_of_reading_stand_with_their_flag_and_count_as_errors_where_strict() {
        Problem unknownField = new Problem(
                Severity.WARNING, "beta", "beta.targetting", new Location("flags.yaml", 4, 3), "unknown field", null);
        FlagFile file = FlagFiles.of(List.of(GOOD.build()), List.of(unknownField));
        Compilation.Compiled lenient = (Compilation.Compiled) Snapshot.compile(file, CompileOptions.DEFAULT);
        assertThat(lenient.problems()).containsExactly(unknownField);
        assertThat(lenient.snapshot().definitions()).containsOnlyKeys("beta");

        CompileOptions strict = CompileOptions.DEFAULT.withStrict(true);
        Snapshot served = Asked.compiled(strict, GOOD.build());
        Compilation.Compiled strictly = (Compilation.Compiled) served.next(file);
        assertThat(strictly.problems()).singleElement().matches(Problem::isError);
        assertThat(strictly.snapshot().quarantined()).singleElement()
                .satisfies(
                        it -> assertThat(it.problems()).singleElement().matches(Problem::isError));
    }

    @Test
    void a_strict_flag_set_refuses_a_file_with_a_warning_of_its_own() {
        Problem ofTheFile = new Problem(Severity.WARNING, null, "", Location.of("flags.yaml"), "second document", null);
        FlagFile file = FlagFiles.of(List.of(GOOD.build()), List.of(ofTheFile));
        assertThat(Snapshot.compile(file, CompileOptions.DEFAULT)).isInstanceOf(Compilation.Compiled.class);
        assertThat(Snapshot.compile(file, CompileOptions.DEFAULT.withStrict(true)))
                .isInstanceOf(Compilation.Refused.class);
    }

    @Test
    void definitions_and_quarantine_are_in_byte_order_of_the_keys() {
        String[] keys = {"b", "\ud83d\ude00", "\uffee", "B", "a"};
        FlagDefinition[] good = new FlagDefinition[keys.length], broken = new FlagDefinition[keys.length];
        for (int i = 0; i < keys.length; i++) {
            good[i] = ab(keys[i]).defaultRule(to("A")).build();
            broken[i] = ab(keys[i]).defaultRule(to("Z")).build();
        }
        Snapshot snapshot = Asked.compiled(CompileOptions.DEFAULT, good);
        assertThat(snapshot.definitions().keySet()).containsExactly("B", "a", "b", "\uffee", "\ud83d\ude00");
        assertThat(snapshot.definitions()).containsEntry("a", good[4]).doesNotContainKey("c");
        Compilation.Compiled next = (Compilation.Compiled) snapshot.next(FlagFiles.of(broken));
        assertThat(next.snapshot().quarantined()).extracting(Quarantine::flagKey)
                .containsExactly("B", "a", "b", "\uffee", "\ud83d\ude00");
    }

    /// Whatever came before, a snapshot answers as one compiled from its file alone.
    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_next_snapshot_equals_one_compiled_from_scratch(long seed) {
        RandomFlags random = new RandomFlags(seed);
        CompileOptions options = CompileOptions.DEFAULT.withKeepLastGood(false).withRefuseEmpty(false);
        Snapshot chained = Snapshot.empty(options);
        Map<String, FlagDefinition> file = new TreeMap<>();
        for (int revision = 0; revision < 60; revision++) {
            String key = "flag-" + revision % 11;
            if (random.one(6)) file.remove(key);
            else
                file.put(key, random.any(key).build());
            FlagFile flags = FlagFiles.of(new ArrayList<>(file.values()), List.of());
            Compilation.Compiled next = (Compilation.Compiled) chained.next(flags);
            Compilation.Compiled scratch = (Compilation.Compiled) Snapshot.compile(flags, options);
            assertThat(next.problems()).isEqualTo(scratch.problems());
            assertThat(next.snapshot().definitions()).isEqualTo(scratch.snapshot().definitions());
            for (int i = 0; i < 5; i++) {
                EvaluationContext user = random.user();
                Instant now = random.now();
                assertThat(allAnswers(next.snapshot(), user, now)).isEqualTo(allAnswers(scratch.snapshot(), user, now));
            }
            chained = next.snapshot();
        }
    }

    private static List<String> allAnswers(Snapshot snapshot, EvaluationContext user, Instant now) {
        List<String> answers = new ArrayList<>();
        for (String key : snapshot.definitions().keySet()) answers.add(key + said(snapshot.evaluate(key, user, now)));
        return answers;
    }

    private static Compilation.Compiled compiled(FlagBuilder... flags) {
        return (Compilation.Compiled) Snapshot.compile(file(flags), CompileOptions.DEFAULT);
    }

    private static Compilation.Compiled next(Compilation.Compiled previous, FlagBuilder... flags) {
        return (Compilation.Compiled) previous.snapshot().next(file(flags));
    }

    private static FlagFile file(FlagBuilder... flags) {
        return FlagFiles.of(List.of(flags).stream().map(FlagBuilder::build).toArray(FlagDefinition[]::new));
    }

    private static String answer(Compilation.Compiled compiled, String key) {
        return said(compiled.snapshot().evaluate(key, nobody(), WALL_CLOCK));
    }
}
