package dev.jackstaff.runtime;

import dev.jackstaff.engine.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How one exporter does. Immutable.
///
/// Counts are since the start and each only grows. At rest `offered` is the sum of `exported`, `dropped`, `refused` and
/// `waiting`; while events move, they are read one after the other.
///
/// @param kind         what a configuration calls it
/// @param sink         the place it delivers to, without secrets
/// @param offered      events recorded for it
/// @param exported     events it delivered
/// @param dropped      events lost because too many waited, or because time was up when it was closed
/// @param refused      events it will never take, such as one without a form there
/// @param failures     attempts that failed
/// @param waiting      events that it has yet to deliver
/// @param lastExport   when it last delivered a batch; null for never
/// @param failingSince when the present trouble began; null without trouble
/// @param problem      what the trouble is, without secrets; null without trouble
public record ExporterHealth(
        String kind,
        String sink,
        EventType type,
        long offered,
        long exported,
        long dropped,
        long refused,
        long failures,
        long waiting,
        @Nullable Instant lastExport,
        @Nullable Instant failingSince,
        @Nullable String problem) {}
