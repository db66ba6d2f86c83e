package dev.jackstaff.exporters.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.exporters.text.EventTemplate;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import dev.jackstaff.testkit.ExporterContract;
import dev.jackstaff.testkit.TestEvents;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogExporterTest extends ExporterContract {
    private final List<String> lines = new ArrayList<>();

    @Override
    protected Exporter create() {
        return to("{{ .Key}}");
    }

    @Override
    protected List<String> arrived() {
        return lines;
    }

    @Override
    protected String secret() {
        return "there is none";
    }

    @Test
    void it_wants_events_as_they_come() {
        assertThat(create().immediate()).isTrue();
    }

    @Test
    void by_default_a_line_is_that_of_the_original() throws Exception {
        String date = OffsetDateTime.ofInstant(TestEvents.DATE, ZoneId.systemDefault()).toString();
        Settings settings = new Settings("exporter", "log", Map.of());
        Exporter made = new LogExporterFactory().create(EventType.EVALUATION, settings);
        assertThat(made.sink()).isEqualTo("log jackstaff.events");
        to("[{{ .FormattedDate}}] user=\"{{ .UserKey}}\", flag=\"{{ .Key}}\", value=\"{{ .Value}}\"")
                .export(List.of(TestEvents.evaluation("f")), Duration.ofSeconds(1));
        assertThat(lines).singleElement().asString().endsWith("] user=\"anna\", flag=\"f\", value=\"true\"");
        assertThat(OffsetDateTime.parse(lines.get(0).substring(1, lines.get(0).indexOf(']'))))
                .isEqualTo(OffsetDateTime.parse(date));
    }

    @Test
    void a_template_that_cannot_be_used_stops_the_start() {
        Settings settings = new Settings("exporter", "log", Map.of("logFormat", "{{ .Value}}"));
        assertThat(catchThrowableOfType(
                InvalidSettingsException.class,
                () -> new LogExporterFactory().create(EventType.TRACKING, settings)))
                .hasMessage(
                        "invalid exporter: \"logFormat\" is no template for tracking events: at character 4: there is"
                                + " no field .Value; there are .ContextKind, .CreationDate, .EvaluationContext, .FormattedDate,"
                                + " .Key, .Kind, .TrackingDetails, .UserKey");
    }

    private LogExporter to(String template) {
        Settings settings = new Settings("exporter", "log", Map.of("logFormat", template));
        return LogExporter.to(lines::add, EventTemplate.read(settings, "logFormat", EventType.EVALUATION, Map.of()));
    }
}
