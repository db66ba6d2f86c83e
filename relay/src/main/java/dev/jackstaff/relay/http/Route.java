package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.formats.json.Body;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A path with what answers there. The kind of route says who may come in and what a wrong method gets.
public sealed interface Route {

    /// The path as people write it down: `/v1/feature/{flagKey}/eval`, `/ofrep/v1/evaluate/flags/{flagKey...}`.
    String template();

    /// Whether a key is part of the path.
    default boolean hasFlagKey() {
        return template().indexOf('{') >= 0;
    }

    /// Whose time limit its requests have.
    default RouteClass kind() {
        return RouteClass.OTHER;
    }

    /// With which others its requests share a server that has too much to do.
    default RequestClass requestClass() {
        return switch (kind()) {
            case EVALUATE -> RequestClass.EVALUATE;
            case BULK -> RequestClass.BULK;
            case COLLECTOR -> RequestClass.COLLECT;
            case REFRESH -> RequestClass.REFRESH;
            case OTHER -> RequestClass.OTHER;
        };
    }

    /// `GET` for anybody, without a body. Another method is told so: 405.
    ///
    /// @param offload where its requests wait; null for a handler that answers at once
    record PublicRoute(
            String template, RequestClass requestClass, @Nullable Offload offload, OffloadedHandler<Request> handler)
            implements
                Route {
        /// Tells whether all is well, at once.
        public PublicRoute(String template, Function<Request, Response> handler) {
            this(template, null, (request, _) -> handler.apply(request));
        }

        /// Tells whether all is well.
        public PublicRoute(String template, @Nullable Offload offload, OffloadedHandler<Request> handler) {
            this(template, RequestClass.HEALTH, offload, handler);
        }

        /// For people to read.
        public static PublicRoute page(String template, Response page) {
            return new PublicRoute(template, RequestClass.OTHER, null, (_, _) -> page);
        }

        public PublicRoute {
            requireNonNull(requestClass, "requestClass");
            requireNonNull(handler, "handler");
            if (template.indexOf('{') >= 0)
                throw new IllegalArgumentException("public routes have no key: " + template);
            requireArea(Area.OPEN, template);
        }
    }

    /// How large a body may be.
    default int bodyBytes(Limits limits) {
        return limits.bodyBytes();
    }

    /// A larger body is read only when there is room for it, and waits for that.
    default int largeBytes(Limits limits) {
        return Math.max(limits.inlineBytes(), Limits.LARGE_BYTES);
    }

    /// About the flags of the caller's flag set. To any other method the path does not exist, as in the original (R-D18).
    ///
    /// @param batches where large bodies are worked on; null on routes whose bodies are never large
    record FlagRoute<T>(HttpMethod method, String template, RouteClass kind, Decoder<T> decoder,
            FlagHandler<T> handler, @Nullable Offload batches) implements Route {
        public FlagRoute {
            requireNonNull(kind, "kind");
            requireNonNull(decoder, "decoder");
            requireNonNull(handler, "handler");
            requireArea(Area.FLAGS, template);
        }

        public static <T> FlagRoute<T> get(String template, Decoder<T> decoder, InlineHandler<T> handler) {
            return new FlagRoute<>(HttpMethod.GET, template, RouteClass.OTHER, decoder, handler, null);
        }

        public static <T> FlagRoute<T> post(String template, Decoder<T> decoder, InlineHandler<T> handler) {
            return post(template, RouteClass.OTHER, decoder, handler);
        }

        public static <T> FlagRoute<T> post(
                String template, RouteClass kind, Decoder<T> decoder, InlineHandler<T> handler) {
            return new FlagRoute<>(HttpMethod.POST, template, kind, decoder, handler, null);
        }

        /// A `POST` about all flags, of which there may be many.
        public static <T> FlagRoute<T> bulk(String template, Decoder<T> decoder, SlicedHandler<T> handler) {
            return new FlagRoute<>(HttpMethod.POST, template, RouteClass.BULK, decoder, handler, null);
        }

        /// A `POST` of what a client has collected, which may be a lot. What the handler does to take it is its work and no
        /// effect: it may be done although the answer says 504.
        public static <T> FlagRoute<T> batch(
                String template, Decoder<T> decoder, InlineHandler<T> handler, Offload batches) {
            return new FlagRoute<>(
                    HttpMethod.POST, template, RouteClass.COLLECTOR, decoder, handler,
                    requireNonNull(batches, "batches"));
        }

        @Override
        public int bodyBytes(Limits limits) {
            return batches == null ? limits.bodyBytes() : limits.batchBytes();
        }

        @Override
        public int largeBytes(Limits limits) {
            return batches == null ? Route.super.largeBytes(limits) : limits.inlineBytes();
        }

        /// Small bodies are worked on at once, large ones by a worker, which first lets exporters catch up.
        Work work(Request request, @Nullable ServedFlagSet flagSet, Limits limits) {
            Body body = request.body();
            return batches == null || body == null || body.length() <= limits.inlineBytes()
                    ? work(request, flagSet)
                    : new Work.Waits(batches, waiting -> {
                        if (flagSet != null) flagSet.events().awaitRoom(Duration.ofNanos(waiting.left().toNanos() / 2));
                        waiting.check();
                        return answer(work(request, flagSet));
                    });
        }

        /// Decodes and handles; kept together here because only here the type in between is known. A body that cannot be
        /// read is told before a key without flag set is, as in the original.
        private Work work(Request request, @Nullable ServedFlagSet flagSet) {
            if (flagSet != null && !flagSet.isReady())
                return new Work.Answered(Response.notLoaded(flagSet, request.style()));
            return switch (decoder.decode(request)) {
                case Or.Refused<T>(Response response) -> new Work.Answered(response);
                case Or.Next<T>(T value) when flagSet != null -> work(new Decoded<>(request, flagSet, value));
                case Or.Next<T> _ -> new Work.Answered(Response.error(
                        400, "error while getting flagset: flagset not found for API key", request.style()));
            };
        }

        private Work work(Decoded<T> call) {
            return switch (handler) {
                case InlineHandler<T> inline -> new Work.Answered(inline.handle(call));
                case SlicedHandler<T> sliced -> new Work.Sliced(sliced.begin(call));
            };
        }

        /// Of a batch, whose handler answers at once.
        private static Response answer(Work work) {
            return ((Work.Answered) work).response();
        }
    }

    /// `POST` that acts on the relay itself. Its body is not looked at. To any other method the path does not exist.
    record AdminRoute(String template, Offload offload, OffloadedHandler<AdminCall> handler) implements Route {
        public AdminRoute {
            requireNonNull(offload, "offload");
            requireNonNull(handler, "handler");
            if (template.indexOf('{') >= 0) throw new IllegalArgumentException("admin routes have no key: " + template);
            requireArea(Area.ADMIN, template);
        }

        @Override
        public RouteClass kind() {
            return RouteClass.REFRESH;
        }
    }

    /// `GET` for those who want to hear of changes. To any other method the path does not exist, unless it stands outside the
    /// prefixes: then the method is told so, 405, before anybody is asked for a key.
    ///
    /// @param headers of every answer and every stream on this route
    record StreamRoute(String template, Transport transport, StreamHandler handler, List<Header> headers)
            implements
                Route {
        public StreamRoute {
            requireNonNull(transport, "transport");
            requireNonNull(handler, "handler");
            headers = List.copyOf(headers);
            if (template.indexOf('{') >= 0)
                throw new IllegalArgumentException("stream routes have no key: " + template);
            if (Area.of(template) != Area.OPEN) requireArea(Area.STREAMS, template);
        }

        @Override
        public RequestClass requestClass() {
            return RequestClass.STREAMS;
        }

        public static StreamRoute events(String template, StreamHandler handler) {
            return new StreamRoute(template, Transport.EVENTS, handler, List.of());
        }

        public static StreamRoute webSocket(String template, StreamHandler handler) {
            return new StreamRoute(template, Transport.WEB_SOCKET, handler, List.of());
        }

        /// The same under an older name, which says where it is now (RFC 9745, RFC 8288).
        public StreamRoute formerly(String oldTemplate) {
            Header link = Header.of(Header.LINK, "<" + template + ">; rel=\"successor-version\"");
            return new StreamRoute(oldTemplate, transport, handler, List.of(Header.DEPRECATED, link));
        }

        boolean isOpen() {
            return Area.of(template) == Area.OPEN;
        }
    }

    private static void requireArea(Area area, String template) {
        if (Area.of(template) != area) throw new IllegalArgumentException("not in area " + area + ": " + template);
    }
}
