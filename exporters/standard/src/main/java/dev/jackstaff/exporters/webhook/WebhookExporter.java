package dev.jackstaff.exporters.webhook;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.EventJson;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.formats.json.UnencodableValueException;
import dev.jackstaff.outgoing.BodyTooLargeException;
import dev.jackstaff.outgoing.OutgoingHttp;
import dev.jackstaff.outgoing.OutgoingRequest;
import dev.jackstaff.outgoing.OutgoingResponse;
import dev.jackstaff.outgoing.TlsFiles;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Posts each batch as `{"meta":{...},"events":[...]}`, signed where there is a secret.
///
/// Behaviour from GO Feature Flag's `exporter/webhookexporter`; different on purpose is what happens to a batch that is too
/// large for the server (413): its first half is sent first, and an event that alone is too large is refused.
final class WebhookExporter implements Exporter {
    private static final Name META = Name.of("meta");
    private static final Name EVENTS = Name.of("events");

    private static final String NO_FORM = "a value in it has no JSON form";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final int OK = 200;
    private static final int FIRST_FAILURE = 400;
    private static final int TOO_LARGE = 413;

    private final WebhookExporterConfig config;
    private final OutgoingHttp http = new OutgoingHttp(TlsFiles.NONE);
    private volatile boolean closed; // writer: close

    WebhookExporter(WebhookExporterConfig config) {
        this.config = config;
    }

    @Override
    public String sink() {
        return OutgoingRequest.shown(config.endpoint());
    }

    @Override
    public Delivery export(List<Event> events, Duration limit) throws IOException {
        if (closed) throw new IllegalStateException("exporter to " + sink() + " is closed");
        List<Event> sendable = sendable(events);
        int refused = events.size() - sendable.size();
        if (sendable.isEmpty()) return Delivery.refusing(refused, NO_FORM);
        long end = System.nanoTime() + (limit.compareTo(TIMEOUT) < 0 ? limit : TIMEOUT).toNanos();
        for (int count = sendable.size();; count = (count + 1) / 2) {
            int status = post(body(sendable.subList(0, count)), Duration.ofNanos(end - System.nanoTime()));
            if (status < FIRST_FAILURE)
                return count == sendable.size()
                        ? Delivery.refusing(refused, NO_FORM)
                        : new Delivery(sendable.subList(count, sendable.size()), refused, NO_FORM);
            if (status != TOO_LARGE) throw new IOException("the request to " + sink() + " failed with code " + status);
            if (count == 1)
                return new Delivery(
                        sendable.subList(1, sendable.size()), refused + 1, "too large for " + sink() + ", code 413");
        }
    }

    private int post(byte[] body, Duration limit) throws IOException {
        if (limit.isNegative() || limit.isZero()) throw new IOException("no time left for " + sink());
        OutgoingRequest request = new OutgoingRequest(
                "POST", config.endpoint(), config.headers(), BodyPublishers.ofByteArray(body))
                .withHeader("Content-Type", "application/json");
        if (!config.secret().isEmpty())
            request = request.withHeader(Signature.HEADER, Signature.of(body, config.secret()));
        try {
            OutgoingResponse response = http.call(request, LARGEST_ANSWER, limit);
            if (response.method().equals("POST")) return response.status();
            throw new IOException(sink() + " redirects in a way that drops the body, configure where it leads to");
        } catch (BodyTooLargeException success) {
            // Nobody reads the answer, and only that of a success is read to its end.
            return OK;
        }
    }

    /// Without the line break that [JsonWriter] ends with: signatures are over the original's bytes.
    private byte[] body(List<Event> events) {
        Body body = JsonWriter.write(false, json -> {
            json.beginObject().name(META).value(config.meta()).name(EVENTS).beginList();
            for (Event event : events) EventJson.write(json, event);
            json.endList().endObject();
        });
        return Arrays.copyOf(body.copy(), body.length() - 1);
    }

    private static List<Event> sendable(List<Event> events) {
        List<Event> sendable = new ArrayList<>(events.size());
        for (Event event : events) {
            try {
                EventJson.line(event);
                sendable.add(event);
            } catch (UnencodableValueException e) {
                // Counted by who calls.
            }
        }
        return sendable;
    }

    @Override
    public void close() {
        closed = true;
        http.close();
    }

    @Override
    public String toString() {
        return "webhook " + sink();
    }
}
