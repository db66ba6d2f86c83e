package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.WALL_CLOCK;
import static dev.jackstaff.engine.snapshot.Asked.nobody;
import static dev.jackstaff.engine.snapshot.Asked.user;
import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.FlagBuilder.date;
import static dev.jackstaff.engine.snapshot.FlagBuilder.flag;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J1;
import static dev.jackstaff.engine.snapshot.RuleBuilder.split;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// All flags at once (section 6 of the evaluation specification).
class BulkTest {

    @Test
    void flags_come_in_byte_order_of_their_keys() {
        List<FlagDefinition> flags = new ArrayList<>();
        for (String key : List.of("b", "\ud83d\ude00", "a", "\uffee", "B"))
            flags.add(ab(key).defaultRule(to("A")).build());
        Snapshot snapshot = Asked.compiled(CompileOptions.DEFAULT, flags.toArray(FlagDefinition[]::new));
        assertThat(all(snapshot, nobody()).keySet()).containsExactly("B", "a", "b", "\uffee", "\ud83d\ude00");
    }

    @Test
    void a_flag_list_limits_to_the_flags_that_exist_each_once() {
        Snapshot snapshot = Asked.compiled(
                CompileOptions.DEFAULT, ab("a").defaultRule(to("A")).build(), ab("b").defaultRule(to("A")).build(),
                ab("c").defaultRule(to("A")).build());
        assertThat(all(snapshot, listing(List.of("c", "unknown", "a", 7, "c"))).keySet()).containsExactly("a", "c");
        assertThat(all(snapshot, listing(List.of())).keySet()).containsExactly("a", "b", "c");
        assertThat(all(snapshot, listing("a")).keySet()).containsExactly("a", "b", "c");
    }

    @Test
    void an_ordinary_answer_is_the_same_object_as_alone() {
        for (Object value : List.of(1L, 1.5, true, "s", List.of(), Map.of())) {
            Snapshot snapshot = Asked.compiled(CompileOptions.DEFAULT,
                    flag("f").variation("A", value).defaultRule(to("A")).build());
            assertThat(all(snapshot, nobody()).get("f")).isSameAs(snapshot.evaluate("f", nobody(), WALL_CLOCK));
        }
    }

    @Test
    void a_disabled_flag_has_no_variation_and_no_value() {
        Evaluation answer = bulk(ab().defaultRule(to("A")).disable(true).metadata("m", 1L).trackEvents(false));
        assertThat(answer.toString()).isEqualTo("/DISABLED");
        assertThat(answer.anyOr(null)).isNull();
        assertThat(answer.failed()).isFalse();
        assertThat(answer.metadata()).isEqualTo(Map.of("m", 1L));
        assertThat(answer.trackEvents()).isFalse();
    }

    @Test
    void a_failed_flag_has_no_variation_and_its_error() {
        Evaluation answer = bulk(ab().defaultRule(split("A", 50, "B", 50)));
        assertThat(answer.toString()).isEqualTo("/ERROR/TARGETING_KEY_MISSING (Error: Empty targeting key)");
        assertThat(answer.anyOr(null)).isNull();
        assertThat(answer.failed()).isTrue();
    }

    /// Vector 145 and R-D46: TOML integers are integers here. These kinds remain unusual.
    @Test
    void a_null_value_or_one_of_unusual_kind_is_a_type_mismatch() {
        List<Object> values = new ArrayList<>(
                List.of(date(J1), BigInteger.TWO.pow(63), new MixedKeyMap(Map.of(1L, 2L))));
        values.add(null);
        for (Object value : values) {
            Evaluation answer = bulk(flag("f").variation("A", value).defaultRule(to("A")).metadata("m", 1L));
            assertThat(answer.toString()).isEqualTo("SdkDefault/ERROR/TYPE_MISMATCH");
            assertThat(answer.anyOr(null)).isNull();
            assertThat(answer.metadata()).isEqualTo(Map.of("m", 1L));
            assertThat(answer.cacheable()).isFalse();
        }
    }

    @Test
    void such_a_value_gives_way_to_a_variation_with_the_name_of_the_default() {
        Evaluation answer = bulk(flag("f").variation("A", date(J1))
                .variation("SdkDefault", "instead")
                .targeting(to("A").named("r").query("a eq 1"))
                .defaultRule(to("A")));
        assertThat(answer.anyOr(null)).isEqualTo("instead");
        assertThat(answer.errorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(answer.variation()).isEqualTo("SdkDefault");
        assertThat(answer.metadata()).isEqualTo(Map.of("evaluatedRuleName", "r"));
    }

    private static Evaluation bulk(FlagBuilder flag) {
        EvaluationContext context = user("", "a", 1);
        return all(Asked.compiled(Asked.AS_WRITTEN, flag.build()), context).get("f");
    }

    private static EvaluationContext listing(Object flagList) {
        return user("", EvaluationContext.RESERVED, Map.of("flagList", flagList));
    }

    private static Map<String, Evaluation> all(Snapshot snapshot, EvaluationContext context) {
        Map<String, Evaluation> answers = new LinkedHashMap<>();
        snapshot.evaluateAll(context, WALL_CLOCK, answers::put);
        return answers;
    }
}
