package dev.jackstaff.exporters.log;

import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.exporters.text.EventTemplate;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.spi.ExporterFactory;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/// Kind `log`: events as lines of the log.
public final class LogExporterFactory implements ExporterFactory {
    private static final String DATE_AND_USER = "[{{ .FormattedDate}}] user=\"{{ .UserKey}}\", ";

    /// The original's stands for evaluations only, and fails for what users did.
    private static final Map<EventType, String> DEFAULT = Map.of(
            EventType.EVALUATION, DATE_AND_USER + "flag=\"{{ .Key}}\", value=\"{{ .Value}}\"",
            EventType.TRACKING, DATE_AND_USER + "event=\"{{ .Key}}\", details=\"{{ .TrackingDetails}}\"");

    @Override
    public String kind() {
        return "log";
    }

    @Override
    public Set<String> keys() {
        return Set.of("logFormat");
    }

    @Override
    public Exporter create(EventType type, Settings settings) throws InvalidSettingsException {
        EventTemplate template = EventTemplate.read(settings, "logFormat", type, DEFAULT);
        settings.check();
        return LogExporter.to(LoggerFactory.getLogger(Exporter.LOG), template);
    }
}
