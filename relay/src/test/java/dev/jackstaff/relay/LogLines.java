package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// What the relay logs from here on.
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> taken = new ArrayList<>();

    private final @Nullable Level before;

    /// At the level it was started with.
    public LogLines() {
        this(null);
    }

    /// At a level of one's own, whoever has been started before.
    public LogLines(@Nullable Level level) {
        before = level == null ? null : logger.getLevel();
        if (level != null) logger.setLevel(level);
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage() + " " + event.getKeyValuePairs()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }

    /// Waits for a line that contains `text`, beyond those that were waited for before.
    public void await(String text) throws InterruptedException {
        for (String line = ""; !line.contains(text); taken.add(line)) {
            line = lines.poll(30, TimeUnit.SECONDS);
            assertThat(line).as("a line with: " + text).isNotNull();
        }
    }

    /// Every line so far.
    public List<String> all() {
        lines.drainTo(taken);
        return taken;
    }

    @Override
    public void close() {
        if (before != null) logger.setLevel(before);
        logger.detachAppender(this);
    }
}
