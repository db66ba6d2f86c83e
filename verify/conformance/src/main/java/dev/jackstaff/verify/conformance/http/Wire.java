package dev.jackstaff.verify.conformance.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection, byte for byte: what an HTTP library would refuse to send, or would hide of the answer.
final class Wire implements AutoCloseable {
    private static final int LIMIT_MILLISECONDS = 15_000;

    private final Socket socket;
    private final InputStream in;
    private boolean gotSomething;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LIMIT_MILLISECONDS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// The head of an answer.
    record Head(int status, List<Map.Entry<String, String>> headers, boolean persistent) {

        @Nullable
        String first(String name) {
            for (Map.Entry<String, String> header : headers) if (header.getKey().equals(name)) return header.getValue();
            return null;
        }

        boolean chunked() {
            return "chunked".equalsIgnoreCase(first("transfer-encoding"));
        }
    }

    /// A whole answer, and whether the connection can be used again.
    record Received(Reply reply, boolean persistent) {}

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// Whether anything has come since the last request.
    boolean gotSomething() {
        return gotSomething;
    }

    /// @param method of the request; an answer to HEAD has no body
    Received read(String method) throws IOException {
        gotSomething = false;
        Head head = head();
        while (head.status < 200 && head.status != 101) head = head();
        boolean persistent = head.persistent;
        byte[] body;
        String length = head.first("content-length");
        if (method.equals("HEAD") || head.status == 101 || head.status == 204 || head.status == 304) body = new byte[0];
        else if (head.chunked()) body = chunks();
        else if (length != null) body = exactly(Integer.parseInt(length));
        else {
            body = in.readAllBytes();
            persistent = false;
        }
        return new Received(Reply.of(head.status, head.headers, body), persistent);
    }

    /// Of an answer that goes on as a stream.
    Head head() throws IOException {
        String first = line();
        if (!first.matches("HTTP/1\\.[01] \\d{3}.*")) throw new IOException("no status line: " + first);
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.add(
                    Map.entry(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip()));
        }
        Head head = new Head(Integer.parseInt(first.substring(9, 12)), headers, true);
        boolean closes = first.startsWith("HTTP/1.0") || "close".equalsIgnoreCase(head.first("connection"));
        return closes ? new Head(head.status, headers, false) : head;
    }

    /// The next chunk of a chunked body; empty at its end.
    byte[] chunk() throws IOException {
        byte[] chunk = exactly(Integer.parseInt(line().split(";", 2)[0].strip(), 16));
        if (chunk.length == 0) while (!line().isEmpty()) gotSomething = true;
        else
            line();
        return chunk;
    }

    byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) throw new EOFException("the connection was closed inside the body");
        return bytes;
    }

    /// What has come, at least one byte; empty at the end.
    byte[] some() throws IOException {
        byte[] bytes = new byte[8192];
        int count = in.read(bytes);
        return count < 0 ? new byte[0] : Arrays.copyOf(bytes, count);
    }

    /// From now on reading waits as long as it takes.
    void waitForever() throws IOException {
        socket.setSoTimeout(0);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) body.write(chunk);
        return body.toByteArray();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b; (b = in.read()) != '\n';) {
            if (b < 0) throw new EOFException("the connection was closed");
            gotSomething = true;
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is lost: whatever mattered has been read.
        }
    }
}
