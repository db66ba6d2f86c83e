package dev.jackstaff.relay.http;

import org.jspecify.annotations.Nullable;

/// A request of somebody with an admin key. Immutable.
///
/// @param own     the flag set that the key is a key of as well; null for none
/// @param flagSet the name in the query parameter `flagset`; null when it is not there
public record AdminCall(Request request, @Nullable ServedFlagSet own, @Nullable String flagSet) {}
