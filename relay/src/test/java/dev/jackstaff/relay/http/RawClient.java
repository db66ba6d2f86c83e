package dev.jackstaff.relay.http;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One connection, byte for byte: what an HTTP library would refuse to send or hide on the way back.
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final Counting in;

    public RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// After a handshake.
    static RawClient over(SSLContext tls, int port) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.startHandshake();
        return new RawClient(socket);
    }

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new Counting(socket.getInputStream());
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) count++;
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            if (read > 0) count += read;
            return read;
        }
    }

    /// How many bytes have come.
    long received() {
        return in.count;
    }

    /// An answer as it came.
    ///
    /// @param head status line and header lines
    public record Answer(int status, List<String> head, String body) {

        /// The values of a header, in order.
        public List<String> all(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        public @Nullable String header(String name) {
            List<String> all = all(name);
            return all.isEmpty() ? null : all.getFirst();
        }
    }

    /// One request with a body and a JSON content type, on a connection of its own.
    public static Answer post(int port, String path, String body, String... headers) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send("POST", path, body, headers);
        }
    }

    public static Answer get(int port, String path, String... headers) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send("GET", path, null, headers);
        }
    }

    /// @param body    null for none
    /// @param headers whole lines; a content type of JSON is added to a body that has none
    public Answer send(String method, String path, @Nullable String body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: relay\r\n");
        for (String header : headers) head.append(header).append("\r\n");
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        if (body != null) {
            if (List.of(headers).stream().noneMatch(line -> line.startsWith("Content-Type:")))
                head.append("Content-Type: application/json\r\n");
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        write(head.append("\r\n").toString());
        socket.getOutputStream().write(bytes);
        return read(method.equals("HEAD"));
    }

    public void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /// Sends nothing more, and goes on reading.
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /// Reads and drops bytes, spread evenly over a time.
    ///
    /// @return how many
    int skip(int bytes, Duration during) throws IOException {
        long begun = System.nanoTime();
        int skipped = 0;
        byte[] piece = new byte[64 * 1024];
        for (int read; skipped < bytes && (read = in.read(piece)) >= 0; skipped += read) {
            long due = begun + (long) (during.toNanos() * ((double) skipped / bytes));
            while (System.nanoTime() < due) Thread.onSpinWait();
        }
        return skipped;
    }

    public Answer read() throws IOException {
        return read(false);
    }

    public Answer read(boolean toHead) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
        int status = Integer.parseInt(head.getFirst(), "HTTP/1.1 ".length(), "HTTP/1.1 200".length(), 10);
        Answer bare = new Answer(status, head, "");
        String length = bare.header("content-length");
        boolean none = toHead || length == null || status == 304 || status == 204;
        byte[] body = in.readNBytes(none ? 0 : Integer.parseInt(length));
        return new Answer(status, head, new String(body, StandardCharsets.UTF_8));
    }

    /// Whether the server has closed the connection; waits for it or for another byte.
    public boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b; (b = in.read()) != '\n';) {
            if (b < 0) throw new IOException("the server closed the connection after: " + line);
            if (b != '\r') line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
