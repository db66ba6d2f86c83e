package dev.jackstaff.relay.http;

import java.util.function.Function;

/// What a request comes to when it is whole: an answer, or something that has to be waited for.
sealed interface Work {

    record Answered(Response response) implements Work {}

    record Waits(Offload offload, Function<Waiting, Response> job) implements Work {}
}
