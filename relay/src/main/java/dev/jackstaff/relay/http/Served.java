package dev.jackstaff.relay.http;

/// What became of one request, for those who watch.
///
/// @param route        the template of the route; empty where there was none
/// @param status       as written
/// @param requestBytes of the body that was read
/// @param responseBytes of the body that was written
/// @param nanos        from the head being read to the answer being handed to the connection
public record Served(String method, String route, int status, long requestBytes, long responseBytes, long nanos) {}
