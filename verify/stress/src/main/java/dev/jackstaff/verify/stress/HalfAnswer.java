package dev.jackstaff.verify.stress;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// An answer of HTTP/1.1 that is read in two parts, by a client that takes so little ahead that the rest of some MB is still to
/// be sent in between. Where it ends is told by its head alone, as RFC 9112 (6.3) says: after so many bytes, or with the connection.
final class HalfAnswer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int AHEAD = 8 * 1024, PART = 64 * 1024, LONGEST_LINE = 16 * 1024;
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");

    enum State {
        OPEN,
        WHOLE,
        /// The connection ended before the answer.
        CUT
    }

    private final Socket socket;
    private final InputStream in;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[AHEAD];
    private String head = ""; // in lower case
    private boolean saysItsLength;
    private long left; // of the answer, where it says
    private State state = State.OPEN;

    private HalfAnswer(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), AHEAD);
    }

    /// Asks, and reads the head and the beginning of what follows.
    static HalfAnswer begin(int port, String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(AHEAD);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        HalfAnswer answer;
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            answer = new HalfAnswer(socket);
            answer.readHead();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        answer.readTo(PART);
        return answer;
    }

    int status() {
        return Integer.parseInt(head, "HTTP/1.1 ".length(), "HTTP/1.1 200".length(), 10);
    }

    State state() {
        return state;
    }

    /// Reads on, to the end of the answer or of the connection.
    State finish() {
        readTo(Integer.MAX_VALUE);
        return state;
    }

    /// What was read, as it was before it was compressed.
    byte[] content() throws IOException {
        if (!head.contains("\r\ncontent-encoding: gzip\r\n")) return content.toByteArray();
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(content.toByteArray()))) {
            return plain.readAllBytes();
        }
    }

    private void readHead() throws IOException {
        StringBuilder lines = new StringBuilder();
        String line = line();
        while (!line.isEmpty()) {
            lines.append(line).append("\r\n");
            line = line();
        }
        head = lines.toString().toLowerCase(Locale.ROOT);
        Matcher length = LENGTH.matcher(head);
        saysItsLength = length.find();
        if (!saysItsLength) return;
        left = Long.parseLong(length.group(1));
        if (left == 0) state = State.WHOLE;
    }

    private void readTo(int most) {
        try {
            while (state == State.OPEN && content.size() < most) state = next();
        } catch (IOException e) {
            state = State.CUT;
        }
    }

    private State next() throws IOException {
        int count = in.read(buffer, 0, saysItsLength ? (int) Math.min(buffer.length, left) : buffer.length);
        if (count < 0) return saysItsLength ? State.CUT : State.WHOLE;
        content.write(buffer, 0, count);
        left -= count;
        return saysItsLength && left == 0 ? State.WHOLE : State.OPEN;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next; (next = in.read()) != '\n';) {
            if (next < 0 || line.length() > LONGEST_LINE) throw new EOFException("within " + line);
            line.append((char) next);
        }
        return line.substring(0, Math.max(0, line.length() - 1));
    }

    /// Ends it at once, whatever is under way.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
