package dev.jackstaff.engine.event;

/// The two types of events; an exporter takes one of them (`eventType`).
public enum EventType {
    /// What evaluations leave behind, GO Feature Flag's *feature events*.
    EVALUATION("feature"),
    /// What users did.
    TRACKING("tracking");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    /// The name in configurations: `feature` or `tracking`.
    public String wireName() {
        return wireName;
    }
}
