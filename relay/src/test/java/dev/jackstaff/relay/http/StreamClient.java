package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A stream as it comes over the socket: chunks of server-sent events, or frames of a WebSocket. It reads when it is told to,
/// so it can also be a client that does not.
public final class StreamClient implements AutoCloseable {
    private static final String HANDSHAKE = """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """;

    /// One frame.
    ///
    /// @param first its first byte: the final bit and the opcode
    public record Frame(int first, Body payload) {
        public String text() {
            return new String(payload.copy(), StandardCharsets.UTF_8);
        }

        boolean isPing() {
            return first == 0x89;
        }

        /// The status of a close frame; -1 for any other.
        public int closeCode() {
            return first == 0x88 ? ByteBuffer.wrap(payload.copy()).getShort() : -1;
        }
    }

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final List<String> head = new ArrayList<>();

    private StreamClient(int port, int buffer, String request) throws IOException {
        socket.setReceiveBufferSize(buffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), buffer));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        for (String line = line(); !line.isEmpty(); line = line()) head.add(line);
    }

    public static StreamClient events(int port, String path, String... headers) throws IOException {
        return new StreamClient(port, 1 << 16, request(path, "", headers));
    }

    public static StreamClient webSocket(int port, String path, String... headers) throws IOException {
        return new StreamClient(port, 1 << 16, request(path, HANDSHAKE, headers));
    }

    /// With a small receive buffer, so that little is enough to fill it.
    static StreamClient thatDoesNotRead(boolean webSocket, int port, String path) throws IOException {
        return new StreamClient(port, 4096, request(path, webSocket ? HANDSHAKE : ""));
    }

    private static String request(String path, String handshake, String... headers) {
        String more = Arrays.stream(headers).map(line -> line + "\r\n").reduce("", String::concat);
        return "GET " + path + " HTTP/1.1\r\nHost: relay\r\n" + handshake + more + "\r\n";
    }

    /// Status line and header lines, names in lower case, but for the version and what CORS adds.
    public List<String> head() {
        return head;
    }

    public int status() {
        return Integer.parseInt(head.getFirst(), "HTTP/1.1 ".length(), "HTTP/1.1 200".length(), 10);
    }

    public @Nullable String header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ": ";
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }

    /// The body of a refusal.
    public String body() throws IOException {
        String length = header("content-length");
        return new String(in.readNBytes(length == null ? 0 : Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    /// The next chunk; empty for the last one.
    public String chunk() throws IOException {
        byte[] chunk = in.readNBytes(Integer.parseInt(line(), 16));
        line();
        return new String(chunk, StandardCharsets.UTF_8);
    }

    /// The next event, comments passed over; empty at the end of the stream.
    public String event() throws IOException {
        String chunk = chunk();
        while (chunk.startsWith(":")) chunk = chunk();
        return chunk;
    }

    public Frame frame() throws IOException {
        int first = in.readUnsignedByte(), length = in.readUnsignedByte();
        if (length == 126) length = in.readUnsignedShort();
        else if (length == 127) length = Math.toIntExact(in.readLong());
        return new Frame(first, Body.adopting(in.readNBytes(length)));
    }

    /// The next frame that is no ping; pings are answered.
    public Frame message() throws IOException {
        Frame frame = frame();
        for (; frame.isPing(); frame = frame()) send(0x8A, frame.payload().copy());
        return frame;
    }

    /// Sends a frame, masked with zeros.
    void send(int first, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) first);
        if (payload.length < 126) frame.put((byte) (0x80 | payload.length));
        else
            frame.put((byte) 0xFE).putShort((short) payload.length);
        frame.putInt(0).put(payload);
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    /// Whether the server has closed the connection; what it has sent before is read and dropped.
    public boolean isClosedByServer() throws IOException {
        try {
            while (in.read() >= 0) {}
            return true;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b; (b = in.readUnsignedByte()) != '\n';) if (b != '\r') line.append((char) b);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
