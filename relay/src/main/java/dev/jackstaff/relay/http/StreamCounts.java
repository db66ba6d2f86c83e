package dev.jackstaff.relay.http;

/// What became of the streams of a listener. Every stream that was opened is open or stands in one of the seven terms from
/// `left` on.
///
/// @param open    now
/// @param opened  since the start
/// @param refused answered 503, because there were too many or the server stopped
/// @param reloads times that a backlog was replaced by one message that asks for a reload
/// @param left    the subscriber went
/// @param lagged  closed because the backlog was full twice
/// @param stalled closed because the socket took nothing
/// @param silent  closed because pings were not answered
/// @param aged    ended at the end of their life
/// @param revoked ended because the key no longer opened them
/// @param stopped ended with the server
public record StreamCounts(
        long open, long opened, long refused, long reloads, long left, long lagged, long stalled, long silent,
        long aged,
        long revoked, long stopped) {}
