package dev.jackstaff.relay.http;

/// Decides on the head of a request whether a stream begins, and on what. It runs on the event loop: no IO, no lock, no wait.
///
/// The deadline of the request ends with this decision; what is sent from then on is the business of the [Topic] alone.
@FunctionalInterface
public interface StreamHandler {
    Or<StreamStart> start(StreamCall call);
}
