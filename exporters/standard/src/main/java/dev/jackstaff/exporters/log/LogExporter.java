package dev.jackstaff.exporters.log;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.exporters.text.EventTemplate;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;

/// Writes each event as the message of a line of the log [Exporter#LOG], at level info.
///
/// Behaviour from GO Feature Flag's `exporter/logsexporter`, which writes to the sampled log of the application (R-D11).
final class LogExporter implements Exporter {
    private final EventTemplate template;
    private final Consumer<String> lines;
    private volatile boolean closed; // writer: close

    private LogExporter(EventTemplate template, Consumer<String> lines) {
        this.template = template;
        this.lines = lines;
    }

    static LogExporter to(Logger log, EventTemplate template) {
        return new LogExporter(template, line -> log.info("{}", line));
    }

    /// @param lines takes what the log would
    static LogExporter to(Consumer<String> lines, EventTemplate template) {
        return new LogExporter(template, lines);
    }

    @Override
    public String sink() {
        return "log " + LOG;
    }

    @Override
    public boolean immediate() {
        return true;
    }

    @Override
    public Delivery export(List<Event> events, Duration limit) {
        if (closed) throw new IllegalStateException("exporter to " + sink() + " is closed");
        for (Event event : events) lines.accept(template.render(event));
        return Delivery.COMPLETE;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return sink();
    }
}
