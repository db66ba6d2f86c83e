package dev.jackstaff.relay.http;

import java.util.function.Function;

/// What a request comes to when it is whole: an answer, one that is worked out in slices, something that has to be waited for, or a stream.
sealed interface Work {

    record Answered(Response response) implements Work {}

    record Sliced(Slices answer) implements Work {}

    record Waits(Offload offload, Function<Waiting, Response> job) implements Work {}

    record Listens(Routed.Stream stream) implements Work {}
}
