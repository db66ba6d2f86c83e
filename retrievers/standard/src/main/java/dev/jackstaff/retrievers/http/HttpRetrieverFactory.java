package dev.jackstaff.retrievers.http;

import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.RetrieverFactory;
import dev.jackstaff.spi.Settings;
import java.util.Set;

/// Kind `http`: a flag file that a server answers with.
public final class HttpRetrieverFactory implements RetrieverFactory {

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Set<String> keys() {
        return Set.of("url", "method", "body", "headers", "timeout", "maxBytes", "clientCertPath", "clientKeyPath",
                "caCertPath");
    }

    @Override
    public Retriever create(Settings settings) throws InvalidSettingsException {
        return new HttpRetriever(HttpRetrieverConfig.read(settings));
    }
}
