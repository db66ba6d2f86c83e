package dev.jackstaff.verify.conformance.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// An answer as it came.
///
/// @param headers names in lower case, in order
/// @param text    the body; bytes that are not UTF-8 read as U+FFFD
record Reply(int status, List<Map.Entry<String, String>> headers, String text) {

    static Reply of(int status, List<Map.Entry<String, String>> headers, byte[] body) {
        return new Reply(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    /// The values of a header, in order.
    List<String> all(String name) {
        return headers.stream().filter(header -> header.getKey().equals(name)).map(Map.Entry::getValue).toList();
    }
}
