package dev.jackstaff.relay.http;

/// The one decision on a request.
sealed interface Verdict {

    /// The handler was in time.
    record Answer(Response response) implements Verdict {}

    /// The handler was in time and had nothing but an exception.
    record Failed(Throwable cause) implements Verdict {}

    /// The deadline was reached first. What the handler does may still happen (I21).
    record Expired() implements Verdict {}

    /// The connection was closed first; nobody waits for an answer.
    record Gone() implements Verdict {}

    /// The server stops and waits no longer. What the handler does may still happen.
    record Draining() implements Verdict {}

    /// Time was up, the caller had gone or the server stopped before a handler began: none runs any more (I20).
    ///
    /// @param answered whether anybody waits for an answer
    record Unstarted(boolean answered) implements Verdict {}
}
