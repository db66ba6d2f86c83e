package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.json.EventJson;
import dev.jackstaff.relay.auth.Access;
import dev.jackstaff.relay.auth.KeyGate;
import dev.jackstaff.relay.config.AuthorizedKeys;
import dev.jackstaff.relay.goff.GoffRoutes;
import dev.jackstaff.relay.http.Limits;
import dev.jackstaff.relay.http.Listener;
import dev.jackstaff.relay.http.OpenGate;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.ofrep.OfrepRoutes;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Section 8.2 of the relay's description: what a question about one flag leaves behind, over real sockets.
class EvaluationEventsTest {
    private static final Snapshot FLAGS = TestFlags.yaml("""
            on: {variations: {a: {n: 1}}, defaultRule: {variation: a}, version: "7"}
            off: {variations: {a: A}, defaultRule: {variation: a}, disable: true}
            untracked: {variations: {a: A}, defaultRule: {variation: a}, trackEvents: false}
            split: {variations: {a: A, b: B}, defaultRule: {percentage: {a: 50, b: 50}}}
            """);
    private static final String OFREP = "/ofrep/v1/evaluate/flags/";

    private final FakeClock clock = new FakeClock(TestEvents.DATE);
    private final List<String> exported = Collections.synchronizedList(new ArrayList<>());
    private Listener listener;

    @BeforeEach
    void open() throws IOException {
        Events events = Events.start(
                "default",
                List.of(new ConfiguredExporter("kept", new Kept(), new ExportOptions(
                        EventType.EVALUATION, Duration.ofSeconds(60), 100, Duration.ofSeconds(30)))),
                new Resources(Runnable::run, clock::after, clock, new SplittableRandom(1)));
        Access access = Access.toOne(new OpenGate.Fixed("default", FLAGS, events), AuthorizedKeys.NONE);
        List<Route> routes = new ArrayList<>(OfrepRoutes.of(clock));
        routes.addAll(GoffRoutes.of(clock));
        listener = Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT), new KeyGate(() -> access), routes,
                List.of());
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "on|{`evaluationContext`:{`key`:`u1`}}|`contextKind`:`user`,`userKey`:`u1`,`creationDate`:1767225600,`key`:`on`,`variation`:`a`,`value`:{`n`:1},`default`:false,`version`:`7`,`source`:`SERVER`",
        "on|{`user`:{`key`:`u1`,`anonymous`:true}}|`contextKind`:`anonymousUser`,`userKey`:`u1`,`creationDate`:1767225600,`key`:`on`,`variation`:`a`,`value`:{`n`:1},`default`:false,`version`:`7`,`source`:`SERVER`",
        "on|{`evaluationContext`:{`key`:`u1`,`custom`:{`gofeatureflag`:{`exporterMetadata`:{`team`:`x`,`n`:1}}}}}|`contextKind`:`user`,`userKey`:`u1`,`creationDate`:1767225600,`key`:`on`,`variation`:`a`,`value`:{`n`:1},`default`:false,`version`:`7`,`source`:`SERVER`,`metadata`:{`n`:1,`team`:`x`}",
        "off|{`evaluationContext`:{`key`:`u1`},`defaultValue`:[1,`d`]}|`contextKind`:`user`,`userKey`:`u1`,`creationDate`:1767225600,`key`:`off`,`variation`:`SdkDefault`,`value`:[1,`d`],`default`:false,`version`:``,`source`:`SERVER`",
        "ghost|{`evaluationContext`:{`key`:`u1`},`defaultValue`:`d`}|`contextKind`:`user`,`userKey`:`u1`,`creationDate`:1767225600,`key`:`ghost`,`variation`:`SdkDefault`,`value`:`d`,`default`:true,`version`:``,`source`:`SERVER`",
        "split|{`evaluationContext`:{`key`:``}}|`contextKind`:`user`,`userKey`:``,`creationDate`:1767225600,`key`:`split`,`variation`:`SdkDefault`,`value`:null,`default`:true,`version`:``,`source`:`SERVER`",
    })
    void one_flag_leaves_the_event_of_the_original(String flag, String body, String event) throws IOException {
        RawClient.post(listener.port(), "/v1/feature/" + flag + "/eval", json(body));
        assertThat(exported).containsExactly(json("{`kind`:`feature`," + event + "}"));
    }

    @ParameterizedTest
    @CsvSource({"on, 200, a, false", "off, 200, SdkDefault, false", "ghost, 404, SdkDefault, true"})
    void so_does_one_that_is_asked_for_by_ofrep(String flag, int status, String variation, boolean failed)
            throws IOException {
        assertThat(RawClient.post(listener.port(), OFREP + flag, json("{`context`:{`targetingKey`:`u1`}}")).status())
                .isEqualTo(status);
        assertThat(exported)
                .singleElement()
                .asString()
                .contains(json("`userKey`:`u1`"))
                .contains(json("`key`:`" + flag + "`,`variation`:`" + variation + "`"))
                .contains(json("`default`:" + failed));
    }

    @Test
    void nothing_else_leaves_one() throws IOException {
        String user = json("{`evaluationContext`:{`key`:`u1`},`context`:{`targetingKey`:`u1`}}");
        for (String path : List.of(
                "/v1/feature/untracked/eval", OFREP + "untracked", "/v1/allflags", "/ofrep/v1/evaluate/flags",
                "/v1/flag/configuration"))
            assertThat(RawClient.post(listener.port(), path, user).status()).as(path).isEqualTo(200);
        assertThat(RawClient.post(listener.port(), "/v1/feature/on/eval", "{}").status()).isEqualTo(400);
        assertThat(RawClient.post(listener.port(), OFREP + "on", "{}").status()).isEqualTo(400);
        assertThat(exported).isEmpty();
    }

    private static String json(String text) {
        return text.replace('`', '"');
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
            events.forEach(event -> exported
                    .add(new String(EventJson.line(event).copy(), StandardCharsets.UTF_8).strip()));
            return Delivery.COMPLETE;
        }

        @Override
        public void close() {}
    }
}
