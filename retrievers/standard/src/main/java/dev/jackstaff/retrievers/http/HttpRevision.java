package dev.jackstaff.retrievers.http;

import dev.jackstaff.outgoing.OutgoingRequest;
import dev.jackstaff.outgoing.OutgoingResponse;
import dev.jackstaff.spi.Revision;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// @param etag         the server's name for the document; null when it gave none
/// @param lastModified when the server last changed it, as the server writes it; null when it did not say, or when a change
///                     right after would carry the same time
/// @param sha256       of the content; decides where the server does not
record HttpRevision(@Nullable String etag, @Nullable String lastModified, String sha256) implements Revision {
    /// The times have full seconds, and servers with several machines disagree a little.
    private static final Duration TICK = Duration.ofSeconds(3);

    static HttpRevision of(OutgoingResponse response, String sha256) {
        String etag = response.header("ETag").filter(tag -> !tag.isBlank()).orElse(null);
        return new HttpRevision(etag, etag == null ? settledLastModified(response) : null, sha256);
    }

    /// The request that asks for the document only if it is another one.
    OutgoingRequest conditional(OutgoingRequest request) {
        if (etag != null) return request.withHeader("If-None-Match", etag);
        return lastModified == null ? request : request.withHeader("If-Modified-Since", lastModified);
    }

    private static @Nullable String settledLastModified(OutgoingResponse response) {
        String modified = response.header("Last-Modified").orElse("");
        Optional<ZonedDateTime> now = response.header("Date").flatMap(HttpRevision::time);
        boolean settled = time(modified)
                .flatMap(then -> now.map(date -> Duration.between(then, date)))
                .filter(age -> age.compareTo(TICK) > 0)
                .isPresent();
        return settled ? modified : null;
    }

    private static Optional<ZonedDateTime> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }
}
