package dev.jackstaff.relay.http;

/// What answers a [Route.FlagRoute]: at once, or in slices. The event loop runs both.
public sealed interface FlagHandler<T> permits InlineHandler, SlicedHandler {}
