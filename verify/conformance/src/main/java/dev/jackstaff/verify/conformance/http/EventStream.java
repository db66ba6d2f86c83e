package dev.jackstaff.verify.conformance.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A WebSocket or a stream of server-sent events, read by a thread of its own. Its messages are taken by one thread.
final class EventStream implements AutoCloseable {
    private static final String KEY =
            Base64.getEncoder().encodeToString("a key of 16 byte".getBytes(StandardCharsets.US_ASCII));
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String END = "";

    private final Wire wire;
    private final boolean webSocket;
    private final Reply answer;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> pings = new LinkedBlockingQueue<>();

    /// @param headers instead of or beside the usual ones; null takes one away
    EventStream(boolean webSocket, int port, String path, Map<String, @Nullable Object> headers) throws IOException {
        this.webSocket = webSocket;
        wire = new Wire(port);
        try {
            wire.write(request(port, path, headers).getBytes(StandardCharsets.UTF_8));
            Wire.Head head = wire.head();
            boolean open = head.status() == (webSocket ? 101 : 200);
            String length = head.first("content-length");
            byte[] body = open || length == null ? new byte[0] : wire.exactly(Integer.parseInt(length));
            answer = Reply.of(head.status(), head.headers(), body);
            if (open) {
                wire.waitForever();
                Thread.ofVirtual().name("stream " + path).start(() -> read(head.chunked()));
            } else
                wire.close();
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    /// The head, and the body of a refusal.
    Reply answer() {
        return answer;
    }

    /// Whether a WebSocket was accepted in the way of RFC 6455.
    boolean isAccepted() {
        return answer.all("sec-websocket-accept").equals(List.of(acceptance()));
    }

    /// The next message, or null when none comes in time or the stream has ended.
    @Nullable
    String take(double seconds) throws InterruptedException {
        String message = messages.poll((long) (seconds * 1_000), TimeUnit.MILLISECONDS);
        if (!END.equals(message)) return message;
        messages.add(END);
        return null;
    }

    boolean pingComes(double seconds) throws InterruptedException {
        pings.clear();
        return Boolean.TRUE.equals(pings.poll((long) (seconds * 1_000), TimeUnit.MILLISECONDS));
    }

    void send(String text) throws IOException {
        wire.write(frame(1, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        wire.close();
    }

    private String request(int port, String path, Map<String, @Nullable Object> headers) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("Host", "127.0.0.1:" + port);
        if (webSocket) {
            all.put("Connection", "Upgrade");
            all.put("Upgrade", "websocket");
            all.put("Sec-WebSocket-Version", "13");
            all.put("Sec-WebSocket-Key", KEY);
        }
        headers.forEach((name, value) -> {
            all.keySet().removeIf(other -> other.equalsIgnoreCase(name));
            all.put(name, value);
        });
        return all.entrySet()
                .stream()
                .filter(header -> header.getValue() != null)
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining("", "GET " + path + " HTTP/1.1\r\n", "\r\n"));
    }

    private void read(boolean chunked) {
        try {
            if (webSocket) frames();
            else
                events(chunked);
        } catch (IOException e) {
            // Closed by either side; who takes messages sees the end.
        } finally {
            messages.add(END);
            pings.add(false);
        }
    }

    private void frames() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            byte[] head = wire.exactly(2);
            int opcode = head[0] & 15;
            byte[] payload = wire.exactly(length(head[1] & 127));
            if (opcode == 8) return;
            if (opcode == 9) {
                pings.add(true);
                wire.write(frame(10, payload));
            } else if (opcode <= 2) {
                message.write(payload);
                if ((head[0] & 0x80) == 0) continue;
                messages.add(message.toString(StandardCharsets.UTF_8));
                message.reset();
            }
        }
    }

    private int length(int coded) throws IOException {
        if (coded == 126) return ByteBuffer.wrap(wire.exactly(2)).getShort() & 0xFFFF;
        if (coded == 127) return Math.toIntExact(ByteBuffer.wrap(wire.exactly(8)).getLong());
        return coded;
    }

    /// Blocks of lines up to an empty one; those of comments only are heartbeats.
    private void events(boolean chunked) throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            byte[] some = chunked ? wire.chunk() : wire.some();
            if (some.length == 0) return;
            text.append(new String(some, StandardCharsets.UTF_8));
            for (int end; (end = text.indexOf("\n\n")) >= 0;) {
                String event = Arrays.stream(text.substring(0, end).split("\n", -1))
                        .filter(line -> !line.startsWith(":"))
                        .collect(Collectors.joining("\n"));
                text.delete(0, end + 2);
                if (!event.isEmpty()) messages.add(event + "\n\n");
            }
        }
    }

    /// A whole frame of a client: masked, here with zeros.
    private static byte[] frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) frame.put((byte) (0x80 | payload.length));
        else
            frame.put((byte) 0xFE).putShort((short) payload.length);
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static String acceptance() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((KEY + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
