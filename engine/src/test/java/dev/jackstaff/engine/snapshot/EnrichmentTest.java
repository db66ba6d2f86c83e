package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.WALL_CLOCK;
import static dev.jackstaff.engine.snapshot.Asked.at;
import static dev.jackstaff.engine.snapshot.Asked.said;
import static dev.jackstaff.engine.snapshot.Asked.user;
import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.FlagBuilder.changes;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J1;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J11;
import static dev.jackstaff.engine.snapshot.RuleBuilder.ramp;
import static dev.jackstaff.engine.snapshot.RuleBuilder.split;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Attributes a flag set lays over every context (section 3 of the evaluation specification).
class EnrichmentTest {

    @Test
    void enrichment_wins_over_the_caller_in_queries() { // vector 89
        FlagBuilder flag = ab().targeting(to("A").query("env eq \"prod\"")).defaultRule(to("B"));
        assertThat(answer(Map.of("env", "prod"), flag, user("", "env", "dev"))).isEqualTo("A/TARGETING_MATCH c");
        assertThat(answer(Map.of(), flag, user("", "env", "dev"))).isEqualTo("B/DEFAULT c");
    }

    /// E-D2: the original writes enrichment into the caller's map.
    @Test
    void d2_enrichment_leaves_the_callers_attributes_alone() {
        Map<String, Object> attributes = new HashMap<>(Map.of("a", 1));
        EvaluationContext context = EvaluationContext.of("user-1", attributes);
        answer(Map.of("env", "prod"), ab().targeting(to("A").query("env eq \"prod\"")).defaultRule(to("B")), context);
        assertThat(attributes).isEqualTo(Map.of("a", 1));
        assertThat(context.attributes()).isEqualTo(Map.of("a", 1L));
    }

    /// E-D11: the original writes `env` into the shared enrichment when it evaluates all flags.
    @Test
    void d11_the_enrichment_is_copied_once_and_cannot_be_changed() {
        Map<String, Object> mine = new HashMap<>(Map.of("n", 7));
        CompileOptions options = CompileOptions.DEFAULT.withEnrichment(mine);
        mine.put("env", "prod");
        assertThat(options.enrichment()).isEqualTo(Map.of("n", 7L)).isUnmodifiable();
    }

    @Test
    void a_bucketing_key_known_from_enrichment_is_that_of_every_user() {
        FlagBuilder flag = ab().bucketingKey("co.id").defaultRule(split("A", 50, "B", 50));
        EvaluationContext context = user("user-1", "co", Map.of("id", "user-1"));
        assertThat(answer(Map.of("co", Map.of("id", "user-2")), flag, context)).isEqualTo("A/SPLIT c");
        assertThat(answer(Map.of(), flag, context)).isEqualTo("B/SPLIT c");
    }

    /// The enrichment takes an attribute's place as a whole; what is not in it is not found in the caller's either.
    @Test
    void a_bucketing_key_that_begins_in_the_enrichment_has_to_end_there() {
        FlagBuilder flag = ab().bucketingKey("co.id").defaultRule(split("A", 50, "B", 50));
        EvaluationContext context = user("user-1", "co", Map.of("id", "user-1"));
        String notFound =
                "ERR TARGETING_KEY_MISSING «impossible to find bucketingKey in context: nested key not found: co.id»";
        String noString = "ERR TARGETING_KEY_MISSING «invalid bucketing key»";
        assertThat(answer(Map.of("co", Map.of("x", 1)), flag, context)).isEqualTo(notFound);
        assertThat(answer(Map.of("co", "id"), flag, context)).isEqualTo(notFound);
        assertThat(answer(Map.of("co", Map.of("id", 7)), flag, context)).isEqualTo(noString);
        Map<String, Object> idIsNull = new HashMap<>();
        idIsNull.put("id", null);
        assertThat(answer(Map.of("co", idIsNull), flag, context)).isEqualTo(noString);
        Map<String, Object> coIsNull = new HashMap<>();
        coIsNull.put("co", null);
        assertThat(answer(coIsNull, flag, context)).isEqualTo(notFound);
    }

    @Test
    void a_date_in_the_enrichment_moves_progressive_rollouts_only() {
        Map<String, Object> enrichment = Map.of(EvaluationContext.RESERVED, Map.of("currentDateTime", J11));
        assertThat(answer(enrichment, ab().defaultRule(ramp()), at(J1, "user-1"))).isEqualTo("B/SPLIT nc");
        assertThat(answer(Map.of(), ab().defaultRule(ramp()), at(J1, "user-1"))).isEqualTo("A/SPLIT nc");
        FlagBuilder scheduled = ab().defaultRule(to("A")).step(J11, changes().defaultRule(to("B")));
        assertThat(answer(enrichment, scheduled, at(J1, "user-1"))).isEqualTo("A/STATIC nc");
        FlagBuilder experiment = ab().defaultRule(to("A")).experimentation(J1, J1);
        assertThat(answer(enrichment, experiment, at(J1, "user-1"))).isEqualTo("A/STATIC nc");
    }

    /// It takes the whole attribute's place, so the caller's date is gone with it and the wall clock counts.
    @Test
    void an_enrichment_without_a_date_hides_the_callers_from_progressive_rollouts() {
        Map<String, Object> enrichment = Map.of(EvaluationContext.RESERVED, Map.of("flagList", List.of()));
        assertThat(answer(enrichment, ab().defaultRule(ramp()), at(J1, "user-1"))).isEqualTo("B/SPLIT nc");
    }

    private static String answer(Map<String, Object> enrichment, FlagBuilder flag, EvaluationContext context) {
        Snapshot snapshot = Asked.compiled(Asked.AS_WRITTEN.withEnrichment(enrichment), flag.build());
        return said(snapshot.evaluate("f", context, WALL_CLOCK));
    }
}
