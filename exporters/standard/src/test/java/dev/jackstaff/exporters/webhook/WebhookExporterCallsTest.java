package dev.jackstaff.exporters.webhook;

import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.spi.Settings;
import dev.jackstaff.testkit.RemoteCallContract;
import dev.jackstaff.testkit.TestEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/// T14 of the design for deadlines.
class WebhookExporterCallsTest extends RemoteCallContract {
    private Exporter exporter;

    @AfterEach
    void closeExporter() {
        exporter.close();
    }

    @Override
    protected Call call(String url) throws Exception {
        exporter = new WebhookExporterFactory().create(EventType.EVALUATION, new Settings("exporter", "webhook", Map.of(
                "endpointUrl", url + "/hook?key=" + secret(), "secret", secret(), "headers",
                Map.of("Authorization", List.of("Bearer " + secret())), "meta", Map.of("team", secret()))));
        exporter.init(Duration.ofSeconds(30));
        return limit -> exporter.export(TestEvents.evaluations(0, 1), limit);
    }

    @Override
    protected String secret() {
        return "hush-hush";
    }
}
