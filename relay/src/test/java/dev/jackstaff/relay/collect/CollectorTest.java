package dev.jackstaff.relay.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.json.EventJson;
import dev.jackstaff.relay.http.Limits;
import dev.jackstaff.relay.http.Listener;
import dev.jackstaff.relay.http.Offload;
import dev.jackstaff.relay.http.OpenGate;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.RawClient.Answer;
import dev.jackstaff.relay.http.Within;
import dev.jackstaff.relay.auth.Access;
import dev.jackstaff.relay.auth.KeyGate;
import dev.jackstaff.relay.config.AuthorizedKeys;
import dev.jackstaff.runtime.ConfiguredExporter;
import dev.jackstaff.runtime.Events;
import dev.jackstaff.runtime.ExportOptions;
import dev.jackstaff.runtime.Resources;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.TestEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Section 8.1 of the relay's description: what a client sends, over a real socket, and what an exporter gets. The answers
/// themselves are among the recorded ones.
class CollectorTest {
    private static final String PATH = "/v1/data/collector";

    private final Collector collector = new Collector();
    private final List<String> exported = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Offload batches = new Offload(workers, 4);

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{`kind`:`feature`,`contextKind`:`user`,`userKey`:`u`,`creationDate`:1680246000,`key`:`f`,`variation`:`v`,`value`:{`b`:1,`a`:[1.5,null]},`default`:true,`version`:`1`,`source`:`S`,`metadata`:{`k`:1}}"
                + "|{`kind`:`feature`,`contextKind`:`user`,`userKey`:`u`,`creationDate`:1680246000,`key`:`f`,`variation`:`v`,`value`:{`a`:[1.5,null],`b`:1},`default`:true,`version`:`1`,`source`:`S`,`metadata`:{`k`:1}}",
        "{}|{`kind`:``,`userKey`:``,`creationDate`:0,`key`:``,`variation`:``,`value`:null,`default`:false,`version`:``,`source`:`PROVIDER_CACHE`}",
        "null|{`kind`:``,`userKey`:``,`creationDate`:0,`key`:``,`variation`:``,`value`:null,`default`:false,`version`:``,`source`:`PROVIDER_CACHE`}",
        "{`KIND`:`other`,`UserKey`:`u`,`userkey`:`U`,`userKey`:`exact`,`unknown`:1,`creationdate`:1680246000.99}|{`kind`:`other`,`userKey`:`exact`,`creationDate`:1680246000,`key`:``,`variation`:``,`value`:null,`default`:false,`version`:``,`source`:`PROVIDER_CACHE`}",
        "{`kind`:`Tracking`,`key`:`f`,`variation`:null,`version`:null,`metadata`:null}|{`kind`:`Tracking`,`userKey`:``,`creationDate`:0,`key`:`f`,`variation`:``,`value`:null,`default`:false,`version`:``,`source`:`PROVIDER_CACHE`}",
        "{`kind`:`tracking`,`contextKind`:`user`,`userKey`:`u`,`creationDate`:1680246000,`key`:`bought`,`evaluationContext`:{`targetingKey`:`u`},`trackingEventDetails`:{`price`:12.5},`metadata`:7}|{`kind`:`tracking`,`contextKind`:`user`,`userKey`:`u`,`creationDate`:1680246000,`key`:`bought`,`evaluationContext`:{`targetingKey`:`u`},`trackingEventDetails`:{`price`:12.5}}",
        "{`kind`:`tracking`,`key`:`t`,`trackingEventDetails`:null}|{`kind`:`tracking`,`userKey`:``,`creationDate`:0,`key`:`t`,`evaluationContext`:null,`trackingEventDetails`:null}",
    })
    void an_event_is_exported_as_the_original_would(String sent, String expected) throws IOException {
        assertThat(exportedOf("{\"events\":[" + json(sent) + "]}")).containsExactly(json(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "9999999999, 9999999999",
        "10000000000, 1000000000",
        "1680246000011, 1680246000",
        "1680246000011222, 1680246000",
        "1680246000011222333, 1680246000",
        "-1, -1",
    })
    void a_creation_date_is_cut_to_seconds_by_its_digits(String sent, String expected) throws IOException {
        assertThat(exportedOf("{\"events\":[{\"creationDate\":" + sent + "}]}"))
                .singleElement()
                .asString()
                .contains("\"creationDate\":" + expected + ",");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{`kind`:5}",
        "{`key`:5}",
        "{`userKey`:{}}",
        "{`contextKind`:true}",
        "{`variation`:1}",
        "{`version`:1}",
        "{`source`:[]}",
        "{`default`:`true`}",
        "{`creationDate`:`abc`}",
        "{`creationDate`:1e300}",
        "{`creationDate`:-9e18}",
        "{`metadata`:`x`}",
        "{`kind`:`tracking`,`creationDate`:1.5}",
        "{`kind`:`tracking`,`evaluationContext`:[]}",
        "{`kind`:`tracking`,`trackingEventDetails`:`x`}",
    })
    void an_event_with_a_member_of_another_type_is_dropped_alone_and_counted(String sent) throws IOException {
        assertThat(exportedOf("{\"events\":[{\"key\":\"a\"}," + json(sent) + ",{\"key\":\"b\"}]}"))
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.get(0)).contains("\"key\":\"a\""))
                .satisfies(lines -> assertThat(lines.get(1)).contains("\"key\":\"b\""));
        assertThat(collector.counts()).isEqualTo(new CollectorCounts(1, 3, 2, 1, 0));
    }

    @Test
    void the_meta_of_the_request_takes_the_place_of_an_event_s_metadata() throws IOException {
        String events = "\"events\":[{\"metadata\":{\"own\":1}},{\"kind\":\"tracking\"}]";
        assertThat(exportedOf("{" + events + ",\"meta\":{\"a\":{\"b\":1}}}").getFirst())
                .contains("\"metadata\":{\"a\":{\"b\":1}}");
        exported.clear();
        assertThat(exportedOf("{\"META\":{}," + events + "}").getFirst()).doesNotContain("metadata");
        exported.clear();
        assertThat(exportedOf("{\"meta\":null," + events + "}"))
                .satisfies(lines -> assertThat(lines.getFirst()).contains("\"metadata\":{\"own\":1}"))
                .satisfies(lines -> assertThat(lines.getLast()).doesNotContain("metadata"));
    }

    @Test
    void events_that_no_exporter_wants_are_counted_and_answered_like_the_others() throws IOException {
        try (Listener listener = open(EventType.TRACKING)) {
            Answer answer = RawClient.post(listener.port(), PATH, "{\"events\":[{},{\"kind\":\"tracking\"},{}]}");
            assertThat(answer.body()).isEqualTo("{\"ingestedContentCount\":3}\n");
            assertThat(exported).hasSize(1);
            assertThat(collector.counts()).isEqualTo(new CollectorCounts(1, 3, 1, 0, 2));
        }
    }

    /// R-D12. The event loop must not be held up by a large one.
    @Test
    void a_batch_may_be_larger_than_other_bodies_and_a_large_one_is_read_by_a_worker() throws IOException {
        try (Listener listener = open(EventType.EVALUATION)) {
            String body = Stream.iterate("{\"key\":\"f\"}", event -> event)
                    .limit(200_000)
                    .collect(Collectors.joining(",", "{\"events\":[", "]}"));
            assertThat(body.length()).isBetween(Limits.DEFAULT.bodyBytes(), Limits.DEFAULT.batchBytes());
            assertThat(RawClient.post(listener.port(), PATH, body).body())
                    .isEqualTo("{\"ingestedContentCount\":200000}\n");
            assertThat(batches.counts().answered()).isEqualTo(1);
            assertThat(RawClient.post(listener.port(), PATH, "{\"events\":[{}]}").status()).isEqualTo(200);
            assertThat(batches.counts().started()).isEqualTo(1);
            assertThat(RawClient.post(listener.port(), PATH, " ".repeat(Limits.DEFAULT.batchBytes() + 1)).status())
                    .isEqualTo(413);
            assertThat(exported).hasSize(200_001);
        }
    }

    private List<String> exportedOf(String body) throws IOException {
        try (Listener listener = open(EventType.EVALUATION, EventType.TRACKING)) {
            Answer answer = RawClient.post(listener.port(), PATH, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
        return exported;
    }

    private static String json(String text) {
        return text.replace('`', '"');
    }

    /// Everything is exported in the thread that records it.
    private Listener open(EventType... types) throws IOException {
        FakeClock clock = new FakeClock(TestEvents.DATE);
        Events events = Events.start(
                "default",
                Stream.of(types)
                        .map(type -> new ConfiguredExporter("kept", new Kept(), new ExportOptions(
                                type, Duration.ofSeconds(60), 100, Duration.ofSeconds(30))))
                        .toList(),
                new Resources(Runnable::run, clock::after, clock, new SplittableRandom(1)));
        OpenGate.Fixed flagSet =
                new OpenGate.Fixed("default", Snapshot.empty(CompileOptions.DEFAULT), events);
        Access access = Access.toOne(flagSet, AuthorizedKeys.NONE);
        return Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT)
                        .within(Within.limit(Duration.ofSeconds(20))),
                new KeyGate(() -> access),
                CollectRoutes.of(collector, batches), List.of());
    }

    private final class Kept implements Exporter {
        @Override
        public String sink() {
            return "kept";
        }

        @Override
        public boolean immediate() {
            return true;
        }

        @Override
        public Delivery export(List<Event> events, Duration limit) {
            exported.addAll(events.stream()
                    .map(event -> new String(EventJson.line(event).copy(), StandardCharsets.UTF_8).strip())
                    .toList());
            return Delivery.COMPLETE;
        }

        @Override
        public void close() {}
    }
}
