package dev.jackstaff.relay.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The answers to what is no head of a request, as they go over a connection of HTTP/1, dressed like all others. Written once and
/// never changed.
final class HeadRefusals {
    private static final Header CLOSE = Header.of(Header.CONNECTION, "close");

    private final byte[] tooSlow;
    private final byte[] broken;
    private final byte[] foreign;

    HeadRefusals(List<Decorator> decorators) {
        tooSlow = written(408, "Request Timeout", "408 Request Timeout", decorators);
        broken = written(400, "Bad Request", "400 Bad Request", decorators);
        foreign = written(
                505, "HTTP Version Not Supported", "505 HTTP Version Not Supported: unsupported protocol version",
                decorators);
    }

    /// To a head that does not end.
    byte[] tooSlow() {
        return tooSlow;
    }

    /// @param line one that is not sound
    byte[] to(FirstLine line) {
        return line == FirstLine.FOREIGN ? foreign : broken;
    }

    private static byte[] written(int status, String reason, String body, List<Decorator> decorators) {
        Response answer = Response.text(status, body).with(CLOSE);
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " " + reason + "\r\n");
        List<Header> headers = new ArrayList<>(answer.headers());
        for (Decorator decorator : decorators) headers.addAll(decorator.headersFor(Head.UNREADABLE));
        for (Header header : headers)
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        byte[] bytes = Objects.requireNonNull(answer.body()).copy();
        text.append("content-length: ").append(bytes.length).append("\r\n\r\n");
        return text.append(new String(bytes, ISO_8859_1)).toString().getBytes(ISO_8859_1);
    }
}
