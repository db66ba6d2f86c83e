package dev.jackstaff.relay.goff;

import dev.jackstaff.engine.evaluation.Reason;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Members that both evaluation answers have, encoded once.
final class Names {
    static final Name TRACK_EVENTS = Name.of("trackEvents");
    static final Name VARIATION_TYPE = Name.of("variationType");
    static final Name REASON = Name.of("reason");
    static final Name ERROR_CODE = Name.of("errorCode");
    static final Name ERROR_DETAILS = Name.of("errorDetails");
    static final Name VALUE = Name.of("value");
    static final Name METADATA = Name.of("metadata");

    private static final Map<Reason, Name> REASONS = new EnumMap<>(Reason.class);

    static {
        for (Reason reason : Reason.values()) REASONS.put(reason, Name.of(reason.name()));
    }

    private Names() {}

    static Name of(Reason reason) {
        return Objects.requireNonNull(REASONS.get(reason));
    }
}
