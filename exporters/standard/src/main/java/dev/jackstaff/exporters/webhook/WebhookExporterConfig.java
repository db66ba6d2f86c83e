package dev.jackstaff.exporters.webhook;

import dev.jackstaff.exporters.text.FileNames;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// @param secret  signs bodies; empty for none
/// @param meta    stands in every body
/// @param headers of every request
record WebhookExporterConfig(URI endpoint, String secret, Map<String, String> meta, Map<String, List<String>> headers) {

    /// Keys, defaults and messages of GO Feature Flag (`cmd/relayproxy/config/exporter.go`, `exporter/webhookexporter`).
    static WebhookExporterConfig read(Settings settings) throws InvalidSettingsException {
        settings.required("endpointUrl");
        Optional<URI> endpoint = settings.url("endpointUrl");
        String secret = settings.text("secret", "");
        Map<String, String> meta = new TreeMap<>(settings.texts("meta"));
        meta.putIfAbsent("hostname", FileNames.hostname());
        Map<String, List<String>> headers = settings.headers("headers");
        settings.check();
        return new WebhookExporterConfig(endpoint.orElseThrow(), secret, meta, headers);
    }

    /// The secret is one, and headers can be.
    @Override
    public String toString() {
        return "WebhookExporterConfig[]";
    }
}
