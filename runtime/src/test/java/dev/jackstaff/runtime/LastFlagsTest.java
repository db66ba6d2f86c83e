package dev.jackstaff.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeRetriever;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The flags that were served last, for a start without their source.
class LastFlagsTest {
    private static final String ON =
            "f: {variations: {\"on\": true, \"off\": false}, defaultRule: {variation: \"on\"}}\n";

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeRetriever source = new FakeRetriever("flags.yaml", ON);
    private Path file;
    private FlagSetOptions options;

    @BeforeEach
    void file() {
        file = folder.resolve("last.yaml");
        options = FlagSetOptions.named("test").withLastFlags(file);
    }

    @Test
    void what_is_served_is_written_down_and_served_again_when_the_source_is_gone() throws Exception {
        start(source).close();
        assertThat(file).content()
                .startsWith("# The flags of flag set test that were served last.")
                .contains("\"f\": {");
        try (FlagSet flags = start(gone())) {
            assertThat(variation(flags, "f")).isEqualTo("on");
            assertThat(flags.isLoaded()).isTrue();
            assertThat(flags.status().lastRefresh()).as("not fresh").isNull();
            assertThat(flags.status().retrievers().get(0).failingSince()).isEqualTo(clock.instant());
            assertThat(flags.status().problems().toString()).contains("gone");
        }
    }

    /// The source is asked again soon, and not only at the next poll; the file follows.
    @Test
    void when_the_source_is_back_its_flags_take_over() throws Exception {
        start(source).close();
        FakeRetriever back = gone();
        try (FlagSet flags = start(back)) {
            back.serves(ON.replace("variation: \"on\"", "variation: \"off\""));
            clock.advance(Duration.ofSeconds(2));
            assertThat(variation(flags, "f")).isEqualTo("off");
            assertThat(flags.status().retrievers().get(0).failingSince()).isNull();
            assertThat(file).content().contains("\"variation\": \"off\"");
        }
    }

    /// Flags of two sources are one whole: half of it does not replace it.
    @Test
    void the_kept_flags_stay_until_every_source_has_delivered() throws Exception {
        FakeRetriever other = new FakeRetriever("other.yaml", ON.replace("f:", "g:"));
        start(source, other).close();
        FakeRetriever first = new FakeRetriever("flags.yaml", ON.replace("variation: \"on\"", "variation: \"off\""));
        FakeRetriever second = gone();
        try (FlagSet flags = start(first, second)) {
            assertThat(variation(flags, "f")).isEqualTo("on");
            assertThat(variation(flags, "g")).isEqualTo("on");
            second.serves(ON.replace("f:", "h:"));
            clock.advance(Duration.ofSeconds(2));
            assertThat(variation(flags, "f")).isEqualTo("off");
            assertThat(variation(flags, "h")).isEqualTo("on");
            assertThat(flags.snapshot().definitions()).doesNotContainKey("g");
        }
    }

    @Test
    void derived_values_and_listeners_see_the_kept_flags() throws Exception {
        start(source).close();
        try (FlagSet flags = start(gone())) {
            assertThat(flags.<String>derive((snapshot, before) -> snapshot.definitions().keySet().toString()).get())
                    .isEqualTo("[f]");
            FlagSetChange[] heard = new FlagSetChange[1];
            flags.listenFromNothing(change -> heard[0] = change);
            assertThat(heard[0].after().definitions()).containsOnlyKeys("f");
        }
    }

    @Test
    void without_the_file_or_with_a_broken_one_the_start_fails_as_ever() throws Exception {
        assertThatThrownBy(() -> start(gone())).isInstanceOf(FlagSetStartException.class);
        Files.writeString(file, "f: [\n");
        assertThatThrownBy(() -> start(gone())).isInstanceOf(FlagSetStartException.class);
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> start(gone())).isInstanceOf(FlagSetStartException.class);
    }

    @Test
    void a_place_where_nothing_can_be_written_disturbs_no_answer() throws Exception {
        Files.createDirectories(file.resolve("in-the-way"));
        try (FlagSet flags = start(source)) {
            assertThat(variation(flags, "f")).isEqualTo("on");
            assertThat(left()).containsExactly("last.yaml");
        }
    }

    /// Nobody ever reads half a file, and nothing is left beside it.
    @Test
    void the_file_is_replaced_as_a_whole() throws Exception {
        try (FlagSet flags = start(source)) {
            Object first = Files.readAttributes(file, "unix:ino").get("ino");
            source.serves(ON + ON.replace("f:", "g:"));
            flags.refresh().get();
            assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isNotEqualTo(first);
            assertThat(left()).containsExactly("last.yaml");
            assertThat(file).content().contains("\"g\": {");
        }
    }

    /// Every kind of field and value comes back as it was; a number without a fraction as an integer.
    @Test
    void nothing_of_a_flag_is_lost() throws Exception {
        source.serves("""
                f:
                  variations: {a: {deep: [1, 2.5, null, "x"], "q\\"": "\\u2028<&>"}, b: {other: 2}}
                  targeting:
                    - {name: r, query: 'email ew "@a.b"', percentage: {a: 20, b: 80}}
                    - query: '{"==": [{"var": "x"}, 1]}'
                      progressiveRollout: {initial: {variation: a, date: 2026-01-01T00:00:00Z}, end: {variation: b, date: 2027-01-01T00:00:00Z}}
                  bucketingKey: team.id
                  defaultRule: {variation: a}
                  experimentation: {start: 2026-01-01T00:00:00Z, end: 2027-01-01T00:00:00Z}
                  scheduledRollout: [{date: 2026-06-01T00:00:00Z, defaultRule: {variation: b}}]
                  trackEvents: false
                  disable: true
                  version: "007"
                  metadata: {owner: team, n: 1}
                """);
        start(source).close();
        String before = Files.readString(file);
        String after;
        try (FlagSet flags = start(gone())) {
            after = flags.snapshot().definitions().get("f").toString();
        }
        assertThat(after).contains("team.id", "007", "@a.b", "2026-06-01", "q\"=\u2028<&>", "trackEvents=false");
        Files.delete(file);
        FakeRetriever same = new FakeRetriever("copy.yaml", before);
        start(same).close();
        assertThat(file).hasContent(before);
    }

    private static FakeRetriever gone() {
        FakeRetriever retriever = new FakeRetriever("flags.yaml", "");
        retriever.fails("gone");
        return retriever;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private FlagSet start(Retriever... retrievers) throws FlagSetStartException {
        return FlagSet.start(
                options, List.of(retrievers),
                new Resources(Runnable::run, clock::after, clock, new SplittableRandom(1)));
    }

    private static String variation(FlagSet flags, String key) {
        return flags.snapshot().evaluate(key, EvaluationContext.of("u", Map.of()), Instant.EPOCH).variation();
    }
}
