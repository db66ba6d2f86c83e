package dev.jackstaff.relay.http;

/// A handler that the event loop runs itself: no IO, no lock, no wait; what it computes is bounded (evaluation by its
/// fuel, rendering by the number of flags).
///
/// An exception costs this request a 500 and nothing else.
@FunctionalInterface
public non-sealed interface InlineHandler<T> extends FlagHandler<T> {
    Response handle(Decoded<T> call);
}
