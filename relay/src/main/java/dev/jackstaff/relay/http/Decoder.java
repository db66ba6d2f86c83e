package dev.jackstaff.relay.http;

/// Turns a request into what a handler works on, or refuses it in the format of its API. Pure: no state, no wait.
@FunctionalInterface
public interface Decoder<T> {
    Or<T> decode(Request request);
}
