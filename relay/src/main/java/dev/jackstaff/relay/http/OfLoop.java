package dev.jackstaff.relay.http;

/// What the requests of one event loop have in common. Touched by that loop only.
///
/// @param feeds    its streams
/// @param peers    its connections
/// @param underway its requests that wait for a worker
/// @param fuse     whether headers are heeded
/// @param admission which requests are worked on
record OfLoop(Feeds feeds, Peers peers, Underway underway, Fuse fuse, Admission admission) {}
