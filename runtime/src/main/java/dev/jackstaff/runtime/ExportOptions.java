package dev.jackstaff.runtime;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.spi.Settings;
import java.time.Duration;

/// How one exporter is given its events. Immutable.
///
/// @param type             the events it gets
/// @param flushInterval    the longest an event waits for others to come, where nothing goes wrong; not for exporters that
///                         are given events as they come
/// @param maxEventInMemory how many waiting events are handed over without waiting for the interval; at least 1
/// @param exportLimit      how long one export may take
public record ExportOptions(EventType type, Duration flushInterval, int maxEventInMemory, Duration exportLimit) {

    /// Those of GO Feature Flag when nothing is configured; it does not bound an export.
    public static final ExportOptions DEFAULT =
            new ExportOptions(EventType.EVALUATION, Duration.ofSeconds(60), 100_000, Duration.ofSeconds(30));

    /// More would be no bound.
    private static final long MOST_EVENTS = 10_000_000;

    public ExportOptions {
        requireNonNull(type, "type");
        if (flushInterval.isNegative() || flushInterval.isZero())
            throw new IllegalArgumentException("flushInterval: " + flushInterval);
        if (exportLimit.isNegative() || exportLimit.isZero())
            throw new IllegalArgumentException("exportLimit: " + exportLimit);
        if (maxEventInMemory < 1) throw new IllegalArgumentException("maxEventInMemory < 1: " + maxEventInMemory);
    }

    /// Reads the keys that all exporters have: `eventType`, `flushInterval`, `maxEventInMemory`. Notes problems in the
    /// settings.
    ///
    /// As in GO Feature Flag every event type but `tracking` is the feature events', and zero stands for the default. A
    /// negative interval crashes it at the start (R-D33) and is a problem here.
    public static ExportOptions read(Settings settings) {
        String type = settings.text("eventType", EventType.EVALUATION.wireName());
        if (!type.equals(EventType.EVALUATION.wireName()) && !type.equals(EventType.TRACKING.wireName()))
            settings.warning("no eventType: \"" + type + "\", read as feature; there are feature and tracking");
        if (settings.wholeNumber("flushInterval", 0) < 0) settings.problem("\"flushInterval\" must not be negative");
        long most = settings.wholeNumber("maxEventInMemory", 0);
        if (most < 0 || most > MOST_EVENTS)
            settings.problem("\"maxEventInMemory\" must be 1 to " + MOST_EVENTS + ", or 0 for the default");
        boolean usable = most > 0 && most <= MOST_EVENTS;
        return new ExportOptions(
                type.equals(EventType.TRACKING.wireName()) ? EventType.TRACKING : EventType.EVALUATION,
                settings.milliseconds("flushInterval", DEFAULT.flushInterval),
                usable ? (int) most : DEFAULT.maxEventInMemory,
                DEFAULT.exportLimit);
    }
}
