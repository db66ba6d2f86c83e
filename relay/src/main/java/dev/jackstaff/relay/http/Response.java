package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.relay.publication.Tagged;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One answer as a value: a status, a body or none, and the headers that belong to this answer alone. What every answer
/// carries (CORS, version) is none of a handler's business. Immutable.
public final class Response {
    private static final Header JSON = Header.of(Header.CONTENT_TYPE, "application/json");
    private static final List<Header> JSON_ONLY = List.of(JSON);
    private static final Header TEXT = Header.of(Header.CONTENT_TYPE, "text/plain; charset=utf-8");

    private static final Logger LOG = LoggerFactory.getLogger(Response.class);

    private static final Name ERROR = Name.of("error");
    private static final Name MESSAGE = Name.of("message");

    private static final Map<Style, Response> TOO_MUCH = new EnumMap<>(Style.class);

    static {
        for (Style style : Style.values()) TOO_MUCH.put(style, error(503, "there is too much to do", style));
    }

    private final int status;
    private final @Nullable Body body;
    private final List<Header> headers;
    private final Collection<String> flags;
    private final @Nullable Evaluated evaluated;
    private final @Nullable Effect effect;

    private Response(int status, @Nullable Body body, List<Header> headers) {
        this(status, body, headers, List.of(), null, null);
    }

    private Response(
            int status, @Nullable Body body, List<Header> headers, Collection<String> flags,
            @Nullable Evaluated evaluated, @Nullable Effect effect) {
        this.status = status;
        this.body = body;
        this.headers = headers;
        this.flags = flags;
        this.evaluated = evaluated;
        this.effect = effect;
    }

    /// JSON with a status.
    public static Response json(int status, Body body) {
        return new Response(status, requireNonNull(body, "body"), JSON_ONLY);
    }

    /// JSON with status 200 for a route with validators: the answer with its ETag, or 304 when the caller has it already.
    ///
    /// The ETag is repeated on a 304 because clients depend on it.
    public static Response conditional(Tagged answer, @Nullable String ifNoneMatch) {
        Header etag = new Header(Header.ETAG, answer.etag());
        Body body = answer.body();
        return body == null || answer.isKnownBy(ifNoneMatch)
                ? new Response(304, null, List.of(etag))
                : new Response(200, body, List.of(JSON, etag));
    }

    /// The error body of everything but OFREP: `{"message": ...}`, and in debug style an `error` before it.
    public static Response error(int status, String message, Style style) {
        return error(status, message, "code=" + status + ", message=" + message, style);
    }

    /// The same with a cause of its own in `error`.
    public static Response error(int status, String message, String cause, Style style) {
        return json(status, JsonWriter.write(style.pretty(), json -> {
            json.beginObject();
            if (style == Style.DEBUG) json.member(ERROR, cause);
            json.member(MESSAGE, message).endObject();
        }));
    }

    /// Anything else, with status 200.
    ///
    /// @throws IllegalArgumentException when the type would break the head
    public static Response of(String contentType, Body body) {
        return new Response(200, body, List.of(Header.of(Header.CONTENT_TYPE, contentType)));
    }

    /// The answer about a flag set whose flags have never been loaded.
    public static Response notLoaded(ServedFlagSet flagSet, Style style) {
        return unavailable("the flags of flagset " + flagSet.name() + " are not loaded yet", style);
    }

    /// Nothing was done, and it is worth trying again soon.
    static Response unavailable(String message, Style style) {
        return error(503, message, style).with(Header.retrySoon());
    }

    /// Nothing was done, and it is worth trying again soon: an event loop has too much to do. Its text is made beforehand,
    /// since there are many of them then.
    static Response tooMuchToDo(Style style) {
        return requireNonNull(TOO_MUCH.get(style)).with(Header.retrySoon());
    }

    /// Nothing was done: this caller asks too often.
    ///
    /// @param wait nanoseconds until it may ask again
    static Response overRate(long wait, Style style) {
        return error(429, "Too Many Requests", style).with(Header.retryAfter(wait));
    }

    /// The answer that names another place.
    ///
    /// @throws IllegalArgumentException when the place would break the head
    public static Response moved(String place) {
        return empty(301).with("location", place);
    }

    static Response text(int status, String text) {
        return new Response(status, Body.adopting(text.getBytes(StandardCharsets.UTF_8)), List.of(TEXT));
    }

    /// A line of text, as Go's HTTP library refuses a request (`net/http`, Error).
    public static Response line(int status, String line) {
        return text(status, line + "\n").with(Header.NO_SNIFFING);
    }

    static Response empty(int status) {
        return new Response(status, null, List.of());
    }

    /// This answer with one more header.
    ///
    /// @throws IllegalArgumentException when the header would break the head
    public Response with(String name, String value) {
        return with(new Header(AsciiString.of(name), value));
    }

    /// This answer with what is to be done if it is chosen.
    public Response entailing(Effect effect) {
        return new Response(status, body, headers, flags, evaluated, requireNonNull(effect, "effect"));
    }

    Response with(Header header) {
        List<Header> more = new ArrayList<>(headers);
        more.add(header);
        return new Response(status, body, List.copyOf(more), flags, evaluated, effect);
    }

    /// This answer, which is about these flags.
    ///
    /// @param flags their keys, never changed from here on
    public Response about(Collection<String> flags) {
        return new Response(status, body, headers, flags, evaluated, effect);
    }

    /// This answer, which came from this.
    Response from(Evaluated evaluated) {
        return new Response(status, body, headers, flags, evaluated, effect);
    }

    Response with(List<Header> more) {
        Response response = this;
        for (Header header : more) response = response.with(header);
        return response;
    }

    /// The answer to HEAD: what describes a body goes with the body.
    Response withoutBody() {
        return new Response(
                status,
                null,
                headers.stream().filter(header -> !header.name().equals(Header.CONTENT_TYPE)).toList(),
                flags,
                evaluated,
                effect);
    }

    public int status() {
        return status;
    }

    /// Does what choosing this answer entails. For the owner of the exchange, once, when this is what it will write.
    void takeEffect() {
        if (effect == null) return;
        try {
            effect.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("an effect failed");
        }
    }

    @Nullable
    Body body() {
        return body;
    }

    List<Header> headers() {
        return headers;
    }

    @Nullable
    Evaluated evaluated() {
        return evaluated;
    }

    /// The flags that an answer about several is about; empty for all others.
    Collection<String> flags() {
        return flags;
    }
}
