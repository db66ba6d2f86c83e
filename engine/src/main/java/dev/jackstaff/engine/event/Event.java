package dev.jackstaff.engine.event;

import java.time.Instant;

/// What an evaluation or a user leaves behind, on its way to exporters. Immutable.
public sealed interface Event permits EvaluationEvent, TrackingEvent {

    EventType type();

    /// `kind` in exports: that of the type, or whatever a client called its event.
    String kind();

    /// `user` or `anonymousUser`, or what a client said; empty is left out of exports.
    String contextKind();

    /// The targeting key.
    String userKey();

    /// When; exported in whole Unix seconds.
    Instant creationDate();

    /// The flag's key or the event's name.
    String key();
}
