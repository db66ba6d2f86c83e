package dev.jackstaff.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Section 8 of the evaluation rules.
class EventsTest {
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final EvaluationContext ANNA = EvaluationContext.of("anna", Map.of("age", 42));

    @Test
    void an_evaluation_event_says_who_got_what() {
        Evaluation answer = Evaluation.builder()
                .variation("on", 1L, Reason.TARGETING_MATCH)
                .version("3")
                .metadata(Map.of("owner", "checkout"))
                .build();
        assertThat(EvaluationEvent.of("beta", answer, 7, ANNA, NOW))
                .isEqualTo(new EvaluationEvent(
                        "feature", "user", "anna", NOW, "beta", "on", 1L, false, "3", "SERVER", Map.of()));
    }

    @Test
    void the_value_of_an_error_is_the_default_of_the_caller() {
        EvaluationEvent event = EvaluationEvent.of("gone", Evaluation.FLAG_NOT_FOUND, "mine", ANNA, NOW);
        assertThat(event.value()).isEqualTo("mine");
        assertThat(event.variation()).isEqualTo("SdkDefault");
        assertThat(event.failed()).isTrue();
        assertThat(event.version()).isEmpty();
    }

    @Test
    void a_disabled_flag_gives_the_default_and_did_not_fail() {
        Evaluation disabled = Evaluation.builder().usesDefault(Reason.DISABLED).build();
        EvaluationEvent event = EvaluationEvent.of("beta", disabled, null, ANNA, NOW);
        assertThat(event.value()).isNull();
        assertThat(event.failed()).isFalse();
    }

    @Test
    void a_type_mismatch_gives_the_default() {
        Evaluation mismatch =
                Evaluation.builder().error(ErrorCode.TYPE_MISMATCH, "").build();
        assertThat(EvaluationEvent.of("beta", mismatch, true, ANNA, NOW).value()).isEqualTo(true);
    }

    @Test
    void the_exporter_metadata_of_the_context_comes_along() {
        EvaluationContext context = EvaluationContext.of(
                "anna", Map.of("gofeatureflag", Map.of("exporterMetadata", Map.of("team", "a", "n", 1))));
        assertThat(EvaluationEvent.of("f", Evaluation.FLAG_NOT_FOUND, null, context, NOW).metadata())
                .isEqualTo(Map.of("team", "a", "n", 1L));
    }

    @Test
    void an_anonymous_user_is_a_context_kind_of_its_own() {
        EvaluationContext somebody = EvaluationContext.of("x", Map.of("anonymous", true));
        assertThat(EvaluationEvent.of("f", Evaluation.FLAG_NOT_FOUND, null, somebody, NOW).contextKind())
                .isEqualTo("anonymousUser");
        assertThat(ContextKind.of(EvaluationContext.of("x", Map.of("anonymous", "true"))).wireName()).isEqualTo("user");
    }

    @Test
    void a_tracking_event_has_the_attributes_and_the_targeting_key() {
        TrackingEvent event = TrackingEvent.of("purchase", Map.of("amount", 12), ANNA, NOW);
        assertThat(event)
                .isEqualTo(new TrackingEvent(
                        "user",
                        "anna",
                        NOW,
                        "purchase",
                        Map.of("age", 42L, "targetingKey", "anna"),
                        Map.of("amount", 12L)));
    }

    @Test
    void a_tracking_event_does_not_change_with_the_map_it_was_made_of() {
        Map<String, Object> details = new HashMap<>(Map.of("amount", 12));
        TrackingEvent event = TrackingEvent.of("purchase", details, ANNA, NOW);
        details.put("amount", 13);
        assertThat(event.trackingEventDetails()).isEqualTo(Map.of("amount", 12L)).isUnmodifiable();
        assertThat(event.evaluationContext()).isUnmodifiable();
    }

    @Test
    void a_detail_without_a_kind_is_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrackingEvent.of("x", Map.of("when", LocalDate.EPOCH), ANNA, NOW))
                .withMessageContaining("when");
    }
}
