package dev.jackstaff.relay.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller presents, as sent: one char a byte, nothing trimmed beyond what the HTTP layer trims. Immutable.
///
/// @param apiKey        the first `X-API-Key` line, or null
/// @param authorization the `Authorization` lines, in order
/// @param queryKey      the query parameter `apiKey`, decoded, or null
public record Credentials(@Nullable String apiKey, List<String> authorization, @Nullable String queryKey) {

    public Credentials {
        authorization = List.copyOf(authorization);
    }

    /// Shows no key.
    @Override
    public String toString() {
        return "Credentials";
    }
}
