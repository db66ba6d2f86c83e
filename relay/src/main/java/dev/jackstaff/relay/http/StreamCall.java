package dev.jackstaff.relay.http;

import org.jspecify.annotations.Nullable;

/// What a handler may know of somebody who wants to listen. Immutable; nothing in it leads to the connection.
///
/// @param flagSet     what the caller's key opens; null when it is valid and opens none
/// @param lastEventId the first `Last-Event-ID` line as sent, or null
public record StreamCall(Style style, @Nullable ServedFlagSet flagSet, @Nullable String lastEventId) {}
