package dev.jackstaff.retrievers.http;

import dev.jackstaff.outgoing.OutgoingRequest;
import dev.jackstaff.outgoing.TlsFiles;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// @param request  what is sent at each poll
/// @param timeout  for one retrieval, when the owner of the retriever leaves it as much
/// @param maxBytes the largest document that is taken
/// @param tls      own certificates and authorities
record HttpRetrieverConfig(OutgoingRequest request, Duration timeout, int maxBytes, TlsFiles tls) {
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /// About 150,000 flags.
    static final int DEFAULT_MAX_BYTES = 128 * 1024 * 1024;

    /// Keys, defaults and messages of GO Feature Flag (`cmdhelpers/retrieverconf/retriever_conf.go`), and `maxBytes`.
    static HttpRetrieverConfig read(Settings settings) throws InvalidSettingsException {
        settings.required("url");
        Optional<URI> url = settings.url("url");
        String method = settings.text("method", "GET");
        if (!Settings.isToken(method) || method.equalsIgnoreCase("CONNECT"))
            settings.problem("\"method\" is no HTTP method");
        String text = settings.text("body", "");
        BodyPublisher body = text.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(text);
        Map<String, List<String>> headers = settings.headers("headers");
        Duration timeout = settings.milliseconds("timeout", DEFAULT_TIMEOUT);
        int maxBytes = settings.size("maxBytes", DEFAULT_MAX_BYTES);
        Optional<Path> certificate = settings.path("clientCertPath");
        Optional<Path> key = settings.path("clientKeyPath");
        if (certificate.isPresent() != key.isPresent())
            settings.problem("client certificate and client key must be provided together");
        Optional<Path> authorities = settings.path("caCertPath");
        settings.check();
        return new HttpRetrieverConfig(new OutgoingRequest(method, url.orElseThrow(), headers, body), timeout, maxBytes,
                new TlsFiles(certificate.orElse(null), key.orElse(null), authorities.orElse(null)));
    }
}
