package dev.jackstaff.verify.stress;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/// A request as it goes over the wire. Immutable.
final class Question {
    private static final String CONTENT_LENGTH = "content-length:";
    private static final int TIMEOUT_MILLIS = 20_000;

    private final byte[] request;

    private Question(byte[] request) {
        this.request = request;
    }

    static Question get(String path) {
        return new Question(("GET " + path + " HTTP/1.1\r\nHost: relay\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /// A POST of JSON that keeps its connection.
    ///
    /// @param headers more of them, `name: value`
    static Question post(String path, String json, String... headers) {
        return new Question(("POST " + path + " HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
                + String.join("", Stream.of(headers).map(header -> header + "\r\n").toList())
                + "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8));
    }

    /// Not to be written to.
    byte[] request() {
        return request;
    }

    /// The whole answer, head and body, of a server on this machine.
    byte[] answerOf(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request);
            return answer(socket.getInputStream());
        }
    }

    private static byte[] answer(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (!endsWithEmptyLine(answer.toByteArray())) {
            int next = in.read();
            if (next < 0) throw new EOFException("closed after: " + answer.toString(StandardCharsets.UTF_8));
            answer.write(next);
        }
        int length = answer.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith(CONTENT_LENGTH))
                .mapToInt(line -> Integer.parseInt(line.substring(CONTENT_LENGTH.length()).strip()))
                .findFirst()
                .orElse(0);
        answer.write(in.readNBytes(length));
        return answer.toByteArray();
    }

    private static boolean endsWithEmptyLine(byte[] bytes) {
        int end = bytes.length;
        return end >= 4 && Arrays.equals(bytes, end - 4, end, new byte[]{'\r', '\n', '\r', '\n'}, 0, 4);
    }
}
