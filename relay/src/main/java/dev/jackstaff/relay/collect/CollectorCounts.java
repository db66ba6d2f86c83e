package dev.jackstaff.relay.collect;

/// What the collector took since the start. Immutable.
///
/// @param requests answered 200
/// @param events   in these; the sum of the three that follow
/// @param recorded handed to at least one exporter
/// @param rejected without the form of an event; dropped
/// @param unwanted of a type that no exporter of their flag set takes; dropped
public record CollectorCounts(long requests, long events, long recorded, long rejected, long unwanted) {}
