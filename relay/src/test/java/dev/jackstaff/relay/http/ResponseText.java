package dev.jackstaff.relay.http;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// What an answer that was not sent would have said.
public final class ResponseText {
    private ResponseText() {}

    public static String of(Response response) {
        return new String(Objects.requireNonNull(response.body()).copy(), StandardCharsets.UTF_8);
    }
}
