package dev.jackstaff.runtime;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Tells what becomes different for one exporter, once: that it fails, that events are dropped, that it works again.
final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final String flagSet;
    private final String kind;
    private final String sink;
    private long toldDropped; // writer: the queue's worker
    private boolean toldRefused; // writer: the queue's worker

    EventLog(String flagSet, String kind, String sink) {
        this.flagSet = flagSet;
        this.kind = kind;
        this.sink = sink;
    }

    void fails(String reason) {
        named(LOG.atError()).addKeyValue("error", reason).log("events cannot be exported, trying again");
    }

    void works() {
        named(LOG.atInfo()).log("events are exported again");
    }

    /// The first one, with its reason; the others are counted.
    void refused(int events, String reason) {
        if (toldRefused) return;
        toldRefused = true;
        named(LOG.atError())
                .addKeyValue("events", events)
                .addKeyValue("error", reason)
                .log("events are refused and dropped; further ones are only counted");
    }

    /// At the first one, and whenever there are twice as many.
    void dropping(long dropped) {
        if (dropped == 0 || dropped < 2 * toldDropped) return;
        toldDropped = dropped;
        named(LOG.atError()).addKeyValue("dropped", dropped).log("too many events wait, the oldest are dropped");
    }

    void lost(long events, @Nullable String reason) {
        LoggingEventBuilder line = named(LOG.atError()).addKeyValue("dropped", events);
        if (reason != null) line = line.addKeyValue("error", reason);
        line.log("events could not be exported before the end and are lost");
    }

    private LoggingEventBuilder named(LoggingEventBuilder line) {
        return line.addKeyValue("flagSet", flagSet).addKeyValue("exporter", kind).addKeyValue("sink", sink);
    }
}
