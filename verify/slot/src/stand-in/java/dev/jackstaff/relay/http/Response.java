package dev.jackstaff.relay.http;

/// Stands for the relay's, which the hand-over passes on without looking at it.
public final class Response {}
