package dev.jackstaff.relay.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A client of HTTP/2 that sends the frames it is told to send, whatever comes of it.
final class FrameClient implements AutoCloseable {
    static final int DATA = 0, HEADERS = 1, RESET = 3, SETTINGS = 4, PING = 6, GO_AWAY = 7, WINDOW_UPDATE = 8,
            CONTINUATION = 9;
    static final int END_STREAM = 1, ACK = 1, END_HEADERS = 4, PRIORITY = 0x20;

    private final SSLSocket socket;
    private final DataInputStream in;

    static final class Frame {
        private final int type, flags, stream;
        private final byte[] payload;

        private Frame(int type, int flags, int stream, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payload = payload;
        }

        int stream() {
            return stream;
        }

        int length() {
            return payload.length;
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /// Of a reset, or of a farewell.
        int error() {
            return ByteBuffer.wrap(payload).getInt(type == GO_AWAY ? 4 : 0);
        }

        /// Whether it is the head of an answer with status 200, which HPACK has in its table.
        boolean isOk() {
            int at = has(PRIORITY) ? 5 : 0;
            if ((payload[at] & 0xe0) == 0x20) // the size of the dynamic table comes first
                for (boolean more = (payload[at++] & 0x1f) == 0x1f; more;) more = payload[at++] < 0;
            return payload[at] == (byte) 0x88;
        }
    }

    /// Connects, and sends the preface with its settings.
    ///
    /// @param settings pairs of identifier and value
    FrameClient(SSLContext tls, int port, int... settings) throws IOException {
        socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[]{"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        socket.startHandshake();
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2)
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        send(frame(SETTINGS, 0, 0, payload.array()));
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /// A head in HPACK, nothing of it compressed.
    static byte[] head(String method, String path, String... more) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(method.equals("GET") ? 0x82 : 0x83);
        head.write(0x87);
        head.write(0x04);
        text(head, path);
        head.write(0x01);
        text(head, "relay");
        for (int i = 0; i < more.length; i += 2) {
            head.write(0x00);
            text(head, more[i]);
            text(head, more[i + 1]);
        }
        return head.toByteArray();
    }

    private static void text(ByteArrayOutputStream head, String text) {
        head.write(text.length());
        head.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    void get(int stream, String path) throws IOException {
        send(frame(HEADERS, END_HEADERS | END_STREAM, stream, head("GET", path)));
    }

    /// The head of a request whose body is still to come.
    void begin(int stream, String path) throws IOException {
        send(frame(HEADERS, END_HEADERS, stream, head("POST", path, "content-type", "application/json")));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// The next frame that is not about settings or windows; null when the server has closed.
    @Nullable
    Frame next() throws IOException {
        while (true) {
            Frame frame = read();
            if (frame == null || (frame.type != SETTINGS && frame.type != WINDOW_UPDATE)) return frame;
        }
    }

    /// The next frame of a type, whatever comes before.
    Frame await(int type) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame == null) throw new EOFException("closed before a frame of type " + type);
            if (frame.type == type) return frame;
        }
    }

    /// The next frame; null when the server has closed.
    @Nullable
    Frame read() throws IOException {
        byte[] head;
        try {
            head = in.readNBytes(9);
            if (head.length < 9) return null;
        } catch (java.net.SocketException | javax.net.ssl.SSLException reset) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(head);
        int length = (fields.get() & 0xff) << 16 | (fields.getShort() & 0xffff);
        int type = fields.get(), flags = fields.get(), stream = fields.getInt();
        return new Frame(type, flags, stream, in.readNBytes(length));
    }

    /// Reads to the end, and drops it.
    void awaitClose() throws IOException {
        while (read() != null) {}
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
