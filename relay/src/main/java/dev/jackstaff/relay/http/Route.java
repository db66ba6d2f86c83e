package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/// A path with what answers there. The kind of route says who may come in and what a wrong method gets.
public sealed interface Route {

    /// The path as people write it down: `/v1/feature/{flagKey}/eval`, `/ofrep/v1/evaluate/flags/{flagKey...}`.
    String template();

    /// Whether a key is part of the path.
    default boolean hasFlagKey() {
        return template().indexOf('{') >= 0;
    }

    /// `GET` for anybody, without a body. Another method is told so: 405.
    record PublicRoute(String template, Function<Request, Response> handler) implements Route {
        public PublicRoute {
            requireNonNull(handler, "handler");
            if (template.indexOf('{') >= 0)
                throw new IllegalArgumentException("public routes have no key: " + template);
        }
    }

    /// `POST` about the flags of one flag set. To any other method the path does not exist, as in the original (D18).
    record FlagRoute<T>(String template, Decoder<T> decoder, InlineHandler<T> handler) implements Route {
        public FlagRoute {
            requireNonNull(decoder, "decoder");
            requireNonNull(handler, "handler");
        }

        /// Decodes and handles; kept together here because only here the type in between is known.
        Response answer(Request request) {
            return switch (decoder.decode(request)) {
                case Or.Next<T>(T value) -> handler.handle(new Decoded<>(request, value));
                case Or.Refused<T>(Response response) -> response;
            };
        }
    }
}
