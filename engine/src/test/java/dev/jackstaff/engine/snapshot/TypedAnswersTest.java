package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.ask;
import static dev.jackstaff.engine.snapshot.Asked.nobody;
import static dev.jackstaff.engine.snapshot.Asked.said;
import static dev.jackstaff.engine.snapshot.Asked.user;
import static dev.jackstaff.engine.snapshot.FlagBuilder.changes;
import static dev.jackstaff.engine.snapshot.FlagBuilder.date;
import static dev.jackstaff.engine.snapshot.FlagBuilder.flag;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J1;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.Reason;
import dev.jackstaff.engine.evaluation.ValueType;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What callers get who ask for a type, and what scheduled flags make of their values on the way through JSON (sections
/// 1.5 and 4.8, vectors 142 to 148).
class TypedAnswersTest {

    @Test
    void vector_142_an_integer_is_no_double() {
        Evaluation answer = only(1L);
        assertThat(answer.as(ValueType.INTEGER).longOr(9)).isEqualTo(1);
        assertThat(answer.as(ValueType.ANY).anyOr(9)).isEqualTo(1L);
        isMismatch(answer, ValueType.DOUBLE);
    }

    @Test
    void vector_143_a_double_is_an_integer_without_its_fraction() {
        assertThat(only(1.9).as(ValueType.INTEGER).longOr(9)).isEqualTo(1);
        assertThat(only(-1.9).as(ValueType.INTEGER).longOr(9)).isEqualTo(-1);
        assertThat(only(1.9).as(ValueType.DOUBLE).doubleOr(9)).isEqualTo(1.9);
    }

    @Test
    void vector_144_a_whole_double_is_both() {
        assertThat(only(1.0).as(ValueType.INTEGER).longOr(9)).isEqualTo(1);
        assertThat(only(1.0).as(ValueType.DOUBLE).doubleOr(9)).isEqualTo(1);
    }

    @Test
    void vector_146_a_scheduled_rollout_makes_integers_doubles() {
        Evaluation answer = ask(flag("f").variation("A", 1L).defaultRule(to("A")).steps(), nobody());
        assertThat(answer.as(ValueType.DOUBLE).doubleOr(9)).isEqualTo(1);
    }

    @Test
    void vector_147_a_date_is_no_string() {
        OffsetDateTime date = date(J1);
        assertThat(only(date).as(ValueType.ANY).anyOr(null)).isEqualTo(date);
        isMismatch(only(date), ValueType.STRING);
    }

    @Test
    void vector_148_a_map_with_keys_that_are_not_strings_fails_a_scheduled_flag() {
        FlagBuilder flag = flag("f").variation("A", new MixedKeyMap(Map.of(1L, "a")))
                .defaultRule(to("A"))
                .metadata("m", 1L)
                .version("7")
                .trackEvents(false);
        assertThat(said(ask(flag, nobody())))
                .isEqualTo("A/STATIC c MixedKeyMap[entries={1=a}] {m=1}");
        Evaluation failed = ask(flag.steps(), nobody());
        assertThat(said(failed)).isEqualTo("ERR GENERAL «json: unsupported type: map[interface {}]interface {}»");
        assertThat(failed.version()).isEqualTo("7");
        assertThat(failed.trackEvents()).isFalse();
    }

    @Test
    void the_encoder_fails_at_the_first_value_in_its_own_order() {
        FlagBuilder flag = flag("f").variation("b", Double.NaN)
                .variation("a", List.of(Map.of("x", Double.NEGATIVE_INFINITY)))
                .defaultRule(to("a"))
                .metadata("m", Double.POSITIVE_INFINITY)
                .steps();
        assertThat(said(ask(flag, nobody()))).isEqualTo("ERR GENERAL «json: unsupported value: -Inf»");
    }

    @Test
    void a_value_without_a_json_form_in_a_step_fails_the_flag_before_the_step_is_due() {
        FlagBuilder flag = flag("f").variation("a", 1L)
                .defaultRule(to("a"))
                .step("2999-01-01T00:00:00Z", changes().metadata("m", Double.POSITIVE_INFINITY));
        assertThat(said(ask(flag, nobody()))).isEqualTo("ERR GENERAL «json: unsupported value: +Inf»");
    }

    @Test
    void values_and_metadata_of_a_scheduled_flag_have_been_through_json() {
        Map<String, Object> nested = new HashMap<>();
        nested.put("i", 5L);
        nested.put("n", null);
        nested.put("l", List.of(1L, true, date("2024-01-02T03:04:05.5+02:00")));
        nested.put("u", new BigInteger("18446744073709551615"));
        Evaluation answer = ask(
                flag("f").variation("A", nested).defaultRule(to("A")).metadata("t", date(J1)).steps(), nobody());
        Map<String, Object> expected = new HashMap<>();
        expected.put("i", 5.0);
        expected.put("n", null);
        expected.put("l", List.of(1.0, true, "2024-01-02T03:04:05.5+02:00"));
        expected.put("u", 1.8446744073709552E19);
        assertThat(answer.anyOr(null)).isEqualTo(expected);
        assertThat(answer.metadata()).isEqualTo(Map.of("t", J1));
    }

    /// The steps are applied to the copy, but are not in it.
    @Test
    void values_of_a_step_have_not() {
        FlagBuilder flag = flag("f").variation("A", 1L)
                .defaultRule(to("A"))
                .step(J1, changes().variation("A", 2L));
        assertThat(ask(flag, nobody()).anyOr(null)).isEqualTo(2L);
        assertThat(ask(flag, Asked.at("2023-01-01T00:00:00Z", "")).anyOr(null)).isEqualTo(1.0);
    }

    /// Errors and type mismatches carry the metadata as written, other answers that of the copy.
    @Test
    void a_mismatch_of_a_scheduled_flag_has_the_metadata_as_written() {
        Evaluation answer = ask(
                flag("f").variation("A", "x").defaultRule(to("A")).metadata("m", 1L).steps(), nobody());
        assertThat(answer.metadata()).isEqualTo(Map.of("m", 1.0));
        assertThat(answer.as(ValueType.BOOLEAN).metadata()).isEqualTo(Map.of("m", 1L));
    }

    @Test
    void a_mismatch_has_the_flags_metadata_without_the_rules_name_and_no_details() {
        Evaluation answer = ask(
                flag("f").variation("A", "x")
                        .targeting(to("A").named("r").query("a eq 1"))
                        .defaultRule(to("A"))
                        .metadata("m", 1L)
                        .version("3"),
                user("", "a", 1));
        Evaluation mismatch = answer.as(ValueType.OBJECT);
        assertThat(said(mismatch)).isEqualTo("ERR TYPE_MISMATCH «» {m=1}");
        assertThat(mismatch.version()).isEqualTo("3");
        assertThat(mismatch.trackEvents()).isTrue();
        assertThat(mismatch.stringOr("mine")).isEqualTo("mine");
    }

    @Test
    void every_kind_is_accepted_by_its_own_type_and_by_any() {
        Map<Object, ValueType> kinds = Map.of(
                true, ValueType.BOOLEAN, "s", ValueType.STRING, List.of(1L), ValueType.LIST, Map.of("k", 1L),
                ValueType.OBJECT);
        kinds.forEach((value, own) -> {
            for (ValueType asked : ValueType.values()) {
                if (asked == own || asked == ValueType.ANY) assertThat(only(value).as(asked)).isSameAs(only(value));
                else
                    isMismatch(only(value), asked);
            }
        });
    }

    @Test
    void unusual_kinds_are_accepted_by_no_type_but_any() {
        for (Object value : List.of(date(J1), BigInteger.TWO.pow(63), new MixedKeyMap(Map.of(1L, 2L))))
            for (ValueType asked : ValueType.values())
                if (asked != ValueType.ANY) isMismatch(only(value), asked);
    }

    @Test
    void null_is_the_zero_of_every_type() {
        Evaluation answer = only(null);
        for (ValueType asked : ValueType.values()) assertThat(answer.as(asked)).isSameAs(answer);
        assertThat(answer.booleanOr(true)).isFalse();
        assertThat(answer.longOr(9)).isZero();
        assertThat(answer.doubleOr(9)).isZero();
        assertThat(answer.stringOr("x")).isEmpty();
        assertThat(answer.listOr(List.of())).isNull();
        assertThat(answer.objectOr(Collections.emptyMap())).isNull();
    }

    private final Map<Object, Evaluation> answers = new HashMap<>();

    private Evaluation only(Object value) {
        return answers.computeIfAbsent(
                value, v -> ask(flag("f").variation("A", v).defaultRule(to("A")), nobody()));
    }

    private static void isMismatch(Evaluation answer, ValueType asked) {
        Evaluation mismatch = answer.as(asked);
        assertThat(mismatch.errorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(mismatch.reason()).isEqualTo(Reason.ERROR);
        assertThat(mismatch.usesDefault()).isTrue();
        assertThat(mismatch.cacheable()).isFalse();
        assertThat(mismatch.errorDetails()).isEmpty();
    }
}
