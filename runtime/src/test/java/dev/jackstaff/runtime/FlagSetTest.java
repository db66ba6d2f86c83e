package dev.jackstaff.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeRetriever;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FlagSetTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final FlagSetOptions OPTIONS = FlagSetOptions.named("test");

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeRetriever source = new FakeRetriever("flags.yaml", flag("f", "on"));

    @Test
    void flags_are_served_from_the_start_and_an_edit_from_the_next_poll() throws Exception {
        try (FlagSet flags = started()) {
            assertThat(variation(flags, "f")).isEqualTo("on");
            source.serves(flag("f", "off"));
            clock.advance(INTERVAL.minusMillis(1));
            assertThat(variation(flags, "f")).isEqualTo("on");
            clock.advance(Duration.ofMillis(1));
            assertThat(variation(flags, "f")).isEqualTo("off");
            assertThat(flags.status().revision()).isEqualTo(2);
        }
    }

    @Test
    void a_poll_without_news_changes_nothing_but_the_time_of_the_last_refresh() throws Exception {
        try (FlagSet flags = started()) {
            var before = flags.snapshot();
            clock.advance(INTERVAL);
            assertThat(flags.snapshot()).isSameAs(before);
            assertThat(flags.status().lastRefresh()).isEqualTo(clock.instant());
            assertThat(flags.status().revision()).isEqualTo(1);
        }
    }

    @Test
    void what_is_derived_from_a_snapshot_is_there_when_its_refresh_is_complete() throws Exception {
        try (FlagSet flags = started()) {
            List<String> derived = new ArrayList<>();
            Supplier<String> keys = flags.derive((snapshot, before) -> {
                derived.add(before + " " + snapshot.definitions().keySet());
                return String.join(",", snapshot.definitions().keySet());
            });
            assertThat(keys.get()).isEqualTo("f");
            clock.advance(INTERVAL);
            source.serves(flag("f", "on") + flag("g", "on"));
            assertThat(flags.refresh().get().changed()).isTrue();
            assertThat(keys.get()).isEqualTo("f,g");
            assertThat(derived).containsExactly("null [f]", "f [f, g]");
        }
    }

    /// Bytes can differ where nothing has changed: here the zone of a date.
    @Test
    void a_snapshot_that_says_the_same_in_other_words_is_derived_from_again() throws Exception {
        source.serves("f: {variations: {a: 2024-01-01T00:00:00Z}, defaultRule: {variation: a}}\n");
        try (FlagSet flags = started()) {
            Supplier<String> value =
                    flags.derive((snapshot, before) -> "" + snapshot.definitions().get("f").variations());
            source.serves("f: {variations: {a: 2024-01-01T01:00:00+01:00}, defaultRule: {variation: a}}\n");
            assertThat(flags.refresh().get().changed()).isFalse();
            assertThat(value.get()).contains("+01:00");
        }
    }

    @Test
    void every_kind_of_broken_edit_leaves_the_last_good_flags_in_force() throws Exception {
        try (FlagSet flags = started()) {
            Instant good = clock.instant();
            for (String broken : List.of("f: [\n", "",
                    "f: {variations: {\"on\": true}, defaultRule: {variation: gone}}\n")) {
                source.serves(broken);
                clock.advance(INTERVAL);
                assertThat(variation(flags, "f")).as(broken).isEqualTo("on");
                assertThat(flags.status().problems()).as(broken).isNotEmpty();
            }
            source.fails("disk on fire");
            clock.advance(INTERVAL);
            assertThat(variation(flags, "f")).isEqualTo("on");
            assertThat(flags.status().problems().toString()).contains("disk on fire");
            assertThat(flags.status().retrievers().get(0).good()).isFalse();
            assertThat(flags.status().lastRefresh()).isAfterOrEqualTo(good);
            source.serves(flag("f", "off"));
            clock.advance(INTERVAL);
            assertThat(variation(flags, "f")).isEqualTo("off");
            assertThat(flags.status().problems()).isEmpty();
        }
    }

    @Test
    void a_broken_document_is_parsed_and_counted_but_reported_once() throws Exception {
        try (FlagSet flags = started()) {
            source.serves("f: [\n");
            clock.advance(INTERVAL.multipliedBy(3));
            assertThat(flags.status().retrievers().get(0).failures()).isEqualTo(3);
            assertThat(flags.status().problems()).hasSize(1);
        }
    }

    @Test
    void a_later_retriever_wins_and_one_that_fails_keeps_its_own_flags_only() throws Exception {
        FakeRetriever second = new FakeRetriever("second.yaml", flag("f", "off") + flag("g", "on"));
        try (FlagSet flags = FlagSet.start(OPTIONS, List.of(source, second), resources(Runnable::run))) {
            assertThat(variation(flags, "f")).isEqualTo("off");
            second.fails("gone");
            source.serves(flag("f", "on") + flag("h", "on"));
            clock.advance(INTERVAL);
            assertThat(variation(flags, "f")).isEqualTo("off");
            assertThat(variation(flags, "g")).isEqualTo("on");
            assertThat(variation(flags, "h")).isEqualTo("on");
        }
    }

    @Test
    void without_a_usable_document_it_does_not_start_and_closes_its_retrievers() {
        source.fails("no such file");
        assertThatThrownBy(this::started)
                .isInstanceOfSatisfying(FlagSetStartException.class, e -> {
                    assertThat(e.problems()).singleElement().asString().contains("flags.yaml").contains("no such file");
                });
        assertThat(source.calls()).last().isEqualTo("close");
        source.serves("f: [\n");
    }

    @Test
    void started_without_flags_it_tries_again_soon_and_serves_them_when_they_come() throws Exception {
        source.failsToInit("not yet");
        var options = OPTIONS.withStartWithRetrieverError(true);
        try (FlagSet flags = FlagSet.start(options, List.of(source), resources(Runnable::run))) {
            assertThat(flags.snapshot().definitions()).isEmpty();
            assertThat(flags.status().loaded()).isFalse();
            assertThat(flags.status().lastRefresh()).isNull();
            source.failsToInit(null);
            clock.advance(Duration.ofSeconds(2));
            assertThat(variation(flags, "f")).isEqualTo("on");
            assertThat(flags.status().loaded()).isTrue();
        }
    }

    @Test
    void a_retriever_that_hangs_holds_up_nobody_and_its_late_result_is_dropped() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (FlagSet flags = FlagSet.start(OPTIONS, List.of(source), resources(threads))) {
            Runnable goOn = source.hangs();
            source.serves(flag("f", "off"));
            var refresh = flags.refresh();
            clock.advance(OPTIONS.retrieveLimit().plusSeconds(1));
            assertThat(refresh.join().successful()).isFalse();
            assertThat(variation(flags, "f")).isEqualTo("on");
            goOn.run();
            while (flags.status().retrievers().get(0).lateResults() == 0) Thread.onSpinWait();
            assertThat(variation(flags, "f")).isEqualTo("on");
            assertThat(flags.refresh().join().successful()).isTrue();
            assertThat(variation(flags, "f")).isEqualTo("off");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_negative_interval_never_polls_and_a_refresh_can_be_asked_for() throws Exception {
        var options = OPTIONS.withPollingInterval(Duration.ofMillis(-1));
        try (FlagSet flags = FlagSet.start(options, List.of(source), resources(Runnable::run))) {
            assertThat(clock.planned()).isZero();
            source.serves(flag("f", "off"));
            Refresh refresh = flags.refresh().join();
            assertThat(refresh.changed()).isTrue();
            assertThat(variation(flags, "f")).isEqualTo("off");
        }
    }

    @Test
    void a_retriever_that_knows_its_notation_is_believed() throws Exception {
        source.speaks(Syntax.JSON);
        source.serves("{\"f\":{\"variations\":{\"on\":true},\"defaultRule\":{\"variation\":\"on\"}}}");
        try (FlagSet flags = FlagSet.start(
                OPTIONS.withSyntax(Syntax.TOML), List.<Retriever>of(source), resources(Runnable::run))) {
            assertThat(variation(flags, "f")).isEqualTo("on");
        }
    }

    @Test
    void listeners_hear_of_changes_and_of_nothing_else() throws Exception {
        List<Long> heard = new ArrayList<>();
        try (FlagSet flags = started()) {
            flags.listen(change -> heard.add(change.revision()));
            clock.advance(INTERVAL);
            assertThat(heard).isEmpty();
            source.serves(flag("f", "off"));
            clock.advance(INTERVAL);
            assertThat(heard).containsExactly(2L);
        }
    }

    @Test
    void a_listener_can_hear_of_the_first_load_as_a_change_from_nothing() throws Exception {
        List<String> heard = new ArrayList<>();
        try (FlagSet flags = started()) {
            flags.listenFromNothing(change -> heard.add(
                    change.before().definitions().keySet() + " to " + change.after().definitions().keySet()));
            clock.advance(INTERVAL);
            assertThat(heard).containsExactly("[] to [f]");
            source.serves(flag("f", "off"));
            clock.advance(INTERVAL);
            assertThat(heard).containsExactly("[] to [f]", "[f] to [f]");
        }
    }

    @Test
    void closed_it_polls_no_more_and_still_answers() throws Exception {
        FlagSet flags = started();
        flags.close();
        assertThat(clock.planned()).isZero();
        assertThat(source.calls()).last().isEqualTo("close");
        assertThat(variation(flags, "f")).isEqualTo("on");
    }

    private FlagSet started() throws FlagSetStartException {
        return FlagSet.start(OPTIONS, List.of(source), resources(Runnable::run));
    }

    private Resources resources(Executor workers) {
        return new Resources(workers, clock::after, clock, new SplittableRandom(1));
    }

    private String variation(FlagSet flags, String key) {
        return flags.snapshot().evaluate(key, EvaluationContext.EMPTY, clock.instant()).variation();
    }

    private static String flag(String key, String variation) {
        return key + ": {variations: {\"on\": true, \"off\": false}, defaultRule: {variation: \"" + variation
                + "\"}}\n";
    }
}
