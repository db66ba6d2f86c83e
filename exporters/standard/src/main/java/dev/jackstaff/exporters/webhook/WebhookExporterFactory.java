package dev.jackstaff.exporters.webhook;

import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.spi.ExporterFactory;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import java.util.Set;

/// Kind `webhook`: events to a server, a batch a request.
public final class WebhookExporterFactory implements ExporterFactory {

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public Set<String> keys() {
        return Set.of("endpointUrl", "secret", "meta", "headers");
    }

    @Override
    public Exporter create(EventType type, Settings settings) throws InvalidSettingsException {
        return new WebhookExporter(WebhookExporterConfig.read(settings));
    }
}
