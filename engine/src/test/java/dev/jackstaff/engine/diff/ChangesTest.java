package dev.jackstaff.engine.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import dev.jackstaff.engine.flag.Locations;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Section 7 of the evaluation rules.
class ChangesTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2024-01-01T12:00:00Z");
    private static final OffsetDateTime NOON_IN_PARIS = OffsetDateTime.parse("2024-01-01T13:00:00+01:00");
    private static final RuleDefinition RULE = new RuleDefinition("r", "a eq 1", "on", null, null, null);

    @Test
    void flags_of_one_side_only_are_deleted_or_added_in_file_order() {
        Changes changes = Changes.between(flags("c", "b", "a"), flags("b", "y", "x"));
        assertThat(changes.deleted().keySet()).containsExactly("c", "a");
        assertThat(changes.added().keySet()).containsExactly("y", "x");
        assertThat(changes.updated()).isEmpty();
        assertThat(changes.isEmpty()).isFalse();
    }

    @Test
    void nothing_differs_between_a_set_and_itself() {
        assertThat(Changes.between(flags("a", "b"), flags("b", "a")).isEmpty()).isTrue();
        assertThat(Changes.between(Map.of(), Map.of()).isEmpty()).isTrue();
    }

    @Test
    void the_first_load_reports_every_flag_as_added() {
        assertThat(Changes.between(Map.of(), flags("a", "b")).added().keySet()).containsExactly("a", "b");
    }

    @Test
    void an_update_has_both_definitions() {
        FlagDefinition before = value(1L), after = value(2L);
        assertThat(Changes.between(Map.of("f", before), Map.of("f", after)).updated())
                .containsExactly(Map.entry("f", new Changes.Update(before, after)));
    }

    @Test
    void kinds_of_values_matter() {
        assertDiffers(value(1L), value(1.0));
        assertDiffers(value("1"), value(1L));
        assertDiffers(value(NOON), value("2024-01-01T12:00:00Z"));
        assertDiffers(value(Map.of("1", "x")), value(new MixedKeyMap(Map.of(1L, "x"))));
        assertDiffers(value(null), value(""));
        assertSame(value(1.0), value(1.0));
        assertSame(value(-0.0), value(0.0));
    }

    @Test
    void nan_is_never_the_same() {
        FlagDefinition flag = value(Arrays.asList(1.0, Map.of("x", Double.NaN)));
        assertDiffers(flag, flag);
    }

    @Test
    void dates_are_the_same_at_the_same_instant() {
        assertSame(value(NOON), value(NOON_IN_PARIS));
        assertSame(running(NOON, null), running(NOON_IN_PARIS, null));
        assertDiffers(running(NOON, null), running(null, NOON));
        assertSame(scheduled(step(NOON, null)), scheduled(step(NOON_IN_PARIS, null)));
        assertDiffers(scheduled(step(NOON, null)), scheduled(step(NOON.plusNanos(1), null)));
        assertSame(ramp(NOON, 10.0), ramp(NOON_IN_PARIS, 10.0));
    }

    @Test
    void absent_differs_from_an_explicit_default() {
        FlagDefinition nothing = value(true);
        assertDiffers(nothing, with(null, null, false, null, null));
        assertDiffers(nothing, with(null, true, null, null, null));
        assertDiffers(nothing, with(List.of(), null, null, null, null));
        assertDiffers(nothing, with(null, null, null, "", null));
        assertDiffers(nothing, with(null, null, null, null, Map.of()));
        assertDiffers(nothing, scheduled());
        assertDiffers(nothing, running(null, null));
        assertDiffers(ramp(NOON, null), ramp(NOON, 0.0));
    }

    @Test
    void lists_have_an_order_and_maps_have_none() {
        RuleDefinition other = new RuleDefinition("s", null, "on", null, null, null);
        assertDiffers(with(List.of(RULE, other), null, null, null, null),
                with(List.of(other, RULE), null, null, null, null));
        assertDiffers(value(List.of(1L, 2L)), value(List.of(2L, 1L)));
        assertDiffers(value(List.of(1L)), value(List.of(1L, 1L)));
        assertSame(value(ordered("a", "b")), value(ordered("b", "a")));
        assertDiffers(value(ordered("a", "b")), value(ordered("a", "c")));
        assertSame(
                with(List.of(percentage(ordered("a", "b"))), null, null, null, null),
                with(List.of(percentage(ordered("b", "a"))), null, null, null, null));
    }

    @Test
    void every_field_of_a_rule_and_of_a_step_counts() {
        for (RuleDefinition changed : List.of(
                new RuleDefinition("R", "a eq 1", "on", null, null, null),
                new RuleDefinition("r", "a eq 2", "on", null, null, null),
                new RuleDefinition("r", "a eq 1", "off", null, null, null),
                new RuleDefinition("r", "a eq 1", "on", Map.of("on", 1.0), null, null),
                new RuleDefinition("r", "a eq 1", "on", null, new ProgressiveRollout(null, null), null),
                new RuleDefinition("r", "a eq 1", "on", null, null, false))) {
            assertDiffers(with(List.of(RULE), null, null, null, null), with(List.of(changed), null, null, null, null));
            assertDiffers(scheduled(step(NOON, RULE)), scheduled(step(NOON, changed)));
        }
        ScheduledStep nothing = new ScheduledStep(null, null, null, null, null, null, null, null, null, null, null);
        for (ScheduledStep changed : List.of(
                new ScheduledStep(NOON, null, null, null, null, null, null, null, null, null, null),
                new ScheduledStep(null, Map.of(), null, null, null, null, null, null, null, null, null),
                new ScheduledStep(null, null, List.of(), null, null, null, null, null, null, null, null),
                new ScheduledStep(null, null, null, RULE, null, null, null, null, null, null, null),
                new ScheduledStep(null, null, null, null, new Experimentation(null, null), null, null, null, null, null,
                        null),
                new ScheduledStep(null, null, null, null, null, true, null, null, null, null, null),
                new ScheduledStep(null, null, null, null, null, null, true, null, null, null, null),
                new ScheduledStep(null, null, null, null, null, null, null, "1", null, null, null),
                new ScheduledStep(null, null, null, null, null, null, null, null, "k", null, null),
                new ScheduledStep(null, null, null, null, null, null, null, null, null, Map.of(), null),
                new ScheduledStep(null, null, null, null, null, null, null, null, null, null, List.of())))
            assertDiffers(scheduled(nothing), scheduled(changed));
    }

    @Test
    void the_place_in_the_file_does_not_matter() {
        FlagDefinition here = value(1L);
        FlagDefinition there = new FlagDefinition(
                "f", here.variations(), null, null, null, null, null, null, null, null, null, at(99));
        assertSame(here, there);
    }

    @Test
    void an_update_says_when_the_flag_goes_on_or_off() {
        FlagDefinition on = value(true), off = with(null, null, true, null, null),
                explicitlyOn = with(null, null, false, null, null);
        assertThat(new Changes.Update(on, off)).matches(Changes.Update::turnsOff).matches(u -> !u.turnsOn());
        assertThat(new Changes.Update(off, explicitlyOn)).matches(Changes.Update::turnsOn).matches(u -> !u.turnsOff());
        assertThat(new Changes.Update(on, explicitlyOn)).matches(u -> !u.turnsOn() && !u.turnsOff());
    }

    @Test
    void changes_cannot_be_changed() {
        Changes changes = Changes.between(flags("a"), flags("b"));
        assertThatThrownBy(() -> changes.added().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> changes.deleted().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static void assertSame(FlagDefinition a, FlagDefinition b) {
        assertThat(Changes.between(Map.of("f", a), Map.of("f", b)).isEmpty()).isTrue();
    }

    private static void assertDiffers(FlagDefinition a, FlagDefinition b) {
        assertThat(Changes.between(Map.of("f", a), Map.of("f", b)).updated()).containsOnlyKeys("f");
        assertThat(Changes.between(Map.of("f", b), Map.of("f", a)).updated()).containsOnlyKeys("f");
    }

    private static Map<String, FlagDefinition> flags(String... keys) {
        Map<String, FlagDefinition> flags = new LinkedHashMap<>();
        for (String key : keys) flags.put(key, value(true));
        return flags;
    }

    private static FlagDefinition value(Object value) {
        Map<String, Object> variations = new LinkedHashMap<>();
        variations.put("on", value);
        return new FlagDefinition("f", variations, null, null, null, null, null, null, null, null, null, at(1));
    }

    private static FlagDefinition with(
            List<RuleDefinition> targeting, Boolean trackEvents, Boolean disable, String version,
            Map<String, Object> metadata) {
        return new FlagDefinition(
                "f", Map.of("on", true), targeting, null, null, null, null, trackEvents, disable, version, metadata,
                at(1));
    }

    private static FlagDefinition running(OffsetDateTime start, OffsetDateTime end) {
        return new FlagDefinition(
                "f", Map.of("on", true), null, null, null, new Experimentation(start, end), null, null, null, null,
                null, at(1));
    }

    private static FlagDefinition scheduled(ScheduledStep... steps) {
        return new FlagDefinition(
                "f", Map.of("on", true), null, null, null, null, List.of(steps), null, null, null, null, at(1));
    }

    private static ScheduledStep step(OffsetDateTime date, RuleDefinition defaultRule) {
        return new ScheduledStep(date, null, null, defaultRule, null, null, null, null, null, null, null);
    }

    private static FlagDefinition ramp(OffsetDateTime date, Double percentage) {
        ProgressiveRollout ramp = new ProgressiveRollout(new Stage("on", percentage, date), null);
        return with(List.of(new RuleDefinition("r", null, null, null, ramp, null)), null, null, null, null);
    }

    private static RuleDefinition percentage(Map<String, Double> percentage) {
        return new RuleDefinition(null, null, null, percentage, null, null);
    }

    /// The names, in this order, each with its own number.
    private static <V> Map<String, V> ordered(String... names) {
        Map<String, V> map = new LinkedHashMap<>();
        for (String name : names) {
            @SuppressWarnings("unchecked")
            V number = (V) Double.valueOf(name.charAt(0));
            map.put(name, number);
        }
        return map;
    }

    private static Locations at(int line) {
        return Locations.from(new Location("flags.yaml", line, 1), Map.of());
    }
}
