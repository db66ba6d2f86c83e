package dev.jackstaff.relay.http;

/// The one decision on a request that was handed to a worker.
sealed interface Verdict {

    /// The worker was in time.
    record Answer(Response response) implements Verdict {}

    /// The worker was in time and had nothing but an exception.
    record Failed(Throwable cause) implements Verdict {}

    /// The limit was reached first. What the worker does may still happen.
    record Expired() implements Verdict {}

    /// The connection was closed first; nobody waits for an answer.
    record Gone() implements Verdict {}
}
