package dev.jackstaff.retrievers.http;

import dev.jackstaff.outgoing.BodyTooLargeException;
import dev.jackstaff.outgoing.OutgoingHttp;
import dev.jackstaff.outgoing.OutgoingRequest;
import dev.jackstaff.outgoing.OutgoingResponse;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.Revision;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Asks a server for the flag file, and after the first time only for changes: by entity tag, else by the time of the last
/// change, else by comparing content.
///
/// Behaviour from GO Feature Flag's `retriever/httpretriever` and `retriever/shared/http.go`; different on purpose are
/// the conditional requests, the size limit, the redirect rules and that an answer without a document is a failure.
final class HttpRetriever implements Retriever {
    private static final int OK = 200;
    private static final int LAST_WITH_DOCUMENT = 203;
    private static final int NOT_MODIFIED = 304;
    private static final int FIRST_FAILURE = 400;

    private final HttpRetrieverConfig config;
    private final OutgoingHttp http;
    private volatile boolean closed; // writer: close

    HttpRetriever(HttpRetrieverConfig config) {
        this.config = config;
        http = new OutgoingHttp(config.tls());
    }

    @Override
    public String source() {
        return config.request().target();
    }

    @Override
    public void init(Duration limit) throws IOException {
        http.init();
    }

    @Override
    public Retrieval retrieve(@Nullable Revision known, Duration limit) throws IOException {
        if (closed) throw new IllegalStateException("retriever of " + source() + " is closed");
        HttpRevision seen = known instanceof HttpRevision revision ? revision : null;
        OutgoingResponse response = ask(seen, limit.compareTo(config.timeout()) < 0 ? limit : config.timeout());
        if (response.status() == NOT_MODIFIED && seen != null) return new Retrieval.Unchanged(seen);
        if (response.status() >= FIRST_FAILURE)
            throw new IOException("request to " + source() + " failed with code " + response.status());
        if (response.status() < OK || response.status() > LAST_WITH_DOCUMENT)
            throw new IOException("request to " + source() + " brought no document, but code " + response.status());
        HttpRevision revision = HttpRevision.of(response, sha256(response.body()));
        return seen != null && seen.sha256().equals(revision.sha256())
                ? new Retrieval.Unchanged(revision)
                : new Retrieval.Content(response.body(), revision);
    }

    private OutgoingResponse ask(@Nullable HttpRevision seen, Duration limit) throws IOException {
        OutgoingRequest request = config.request();
        // Only what is safe to ask twice has conditions (RFC 9110, 13.1).
        if (seen != null && request.method().equals("GET")) request = seen.conditional(request);
        try {
            return http.call(request, config.maxBytes(), limit);
        } catch (BodyTooLargeException tooLarge) {
            throw new IOException("cannot read " + source() + ": it is larger than " + config.maxBytes()
                    + " bytes; raise maxBytes if that is meant", tooLarge);
        }
    }

    @Override
    public void close() {
        closed = true;
        http.close();
    }

    @Override
    public String toString() {
        return "http " + source();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every Java has SHA-256", missing);
        }
    }
}
