package dev.jackstaff.outgoing;

import java.net.http.HttpHeaders;
import java.util.Optional;

/// What a server answered, its redirects followed. Immutable, but for the array it does not copy.
public final class OutgoingResponse {
    private final String method;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    OutgoingResponse(String method, int status, HttpHeaders headers, byte[] body) {
        this.method = method;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /// Of the request that was answered: a redirect may have made a `GET` without body of it.
    public String method() {
        return method;
    }

    public int status() {
        return status;
    }

    /// Whether the status is one of 200 to 299.
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /// The first value of a header, by its name in any letter case.
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /// The same answer with another body.
    OutgoingResponse with(byte[] body) {
        return new OutgoingResponse(method, status, headers, body);
    }

    /// Of a success the whole body, of anything else its beginning; uncompressed. Do not write into it.
    public byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return "OutgoingResponse[" + status + ", " + body.length + " bytes]";
    }
}
