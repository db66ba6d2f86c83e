package dev.jackstaff.relay.http;

/// A handler that the event loop runs itself, a slice at a time, so that a large answer does not hold up the small ones: no
/// IO, no lock, no wait.
///
/// It sees one revision of the flags, however many slices it takes ([Decoded#publication]); the answer is judged once, when it
/// is whole. When time is up or the client has gone before that, nobody asks for the next slice.
///
/// An exception costs this request a 500 and nothing else.
@FunctionalInterface
public non-sealed interface SlicedHandler<T> extends FlagHandler<T> {
    Slices begin(Decoded<T> call);
}
