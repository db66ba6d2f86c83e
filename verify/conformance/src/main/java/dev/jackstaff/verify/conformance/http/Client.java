package dev.jackstaff.verify.conformance.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends recorded requests to one port. Keeps a connection, and opens another when the server has closed it. Not
/// thread-safe.
final class Client implements AutoCloseable {
    private final int port;
    private @Nullable Wire kept;

    Client(int port) {
        this.port = port;
    }

    /// @throws IOException when no whole answer comes
    Reply send(Map<String, @Nullable Object> request) throws IOException {
        Object raw = request.get("raw");
        byte[] bytes = raw == null ? bytes(request) : ((String) raw).getBytes(StandardCharsets.UTF_8);
        String method = raw == null ? Values.text(request, "method") : ((String) raw).split(" ", 2)[0];
        Wire reused = raw == null ? kept : null;
        if (reused != null) {
            try {
                return send(reused, bytes, method, true);
            } catch (IOException e) {
                if (reused.gotSomething()) throw e;
                // The server may have closed an idle connection; that is no answer.
            }
        }
        return send(new Wire(port), bytes, method, raw == null);
    }

    private Reply send(Wire wire, byte[] bytes, String method, boolean keep) throws IOException {
        kept = null;
        boolean stays = false;
        try {
            write(wire, bytes);
            Wire.Received received = wire.read(method);
            stays = keep && received.persistent();
            return received.reply();
        } finally {
            if (stays) kept = wire;
            else
                wire.close();
        }
    }

    /// A server may answer, and close, before it has read everything.
    private static void write(Wire wire, byte[] bytes) {
        try {
            wire.write(bytes);
        } catch (IOException e) {
            // Whether there is an answer shows when it is read.
        }
    }

    private byte[] bytes(Map<String, @Nullable Object> request) {
        List<String> head = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        Values.object(request.get("headers")).forEach((name, values) -> {
            names.put(name.toLowerCase(Locale.ROOT), name);
            for (Object value : values instanceof List<?> list ? list : Arrays.asList(values))
                if (value != null) head.add(name + ": " + headerValue(value));
        });
        if (!names.containsKey("host")) head.addFirst("Host: 127.0.0.1:" + port);
        byte[] body = body(request);
        boolean chunked = Boolean.TRUE.equals(request.get("chunked"));
        if (chunked) head.add("Transfer-Encoding: chunked");
        else if (body != null && !names.containsKey("content-length")) head.add("Content-Length: " + body.length);
        String first = request.get("method") + " " + request.get("path") + " HTTP/1.1\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((first + String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        byte[] content = body == null ? new byte[0] : body;
        if (chunked) chunks(content, out);
        else
            out.writeBytes(content);
        return out.toByteArray();
    }

    private static Object headerValue(Object value) {
        if (!(value instanceof Map)) return value;
        Map<String, @Nullable Object> repeated = Values.object(value);
        return Values.text(repeated, "repeat").repeat((int) Values.number(repeated, "count", 0));
    }

    private static byte @Nullable [] body(Map<String, @Nullable Object> request) {
        if (request.get("bodyBase64") instanceof String encoded) return Base64.getDecoder().decode(encoded);
        Object text = request.get("body");
        if (request.get("bodyRepeat") != null) {
            Map<String, @Nullable Object> parts = Values.object(request.get("bodyRepeat"));
            text = parts.getOrDefault("prefix", "")
                    + Values.text(parts, "unit").repeat((int) Values.number(parts, "count", 0))
                    + parts.getOrDefault("suffix", "");
        }
        return text == null ? null : ((String) text).getBytes(StandardCharsets.UTF_8);
    }

    private static void chunks(byte[] body, ByteArrayOutputStream out) {
        int step = Math.max(1, (body.length + 2) / 3);
        for (int from = 0; from < body.length; from += step) {
            int count = Math.min(step, body.length - from);
            out.writeBytes((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, from, count);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        if (kept != null) kept.close();
        kept = null;
    }
}
