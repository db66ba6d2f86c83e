package dev.jackstaff.relay.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.jackstaff.relay.config.RelayConfig.Log;
import dev.jackstaff.spi.Exporter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets logging up, once, before anything is logged.
///
/// Every line has `level`, `ts` and `msg`, then the fields of the event. Lines are written by the thread that logs, in
/// order and none dropped; nothing on the path of a good request logs above debug. Events that are exported to the log are
/// there at every level.
public final class Logs {
    /// Libraries whose debug output is about themselves.
    private static final List<String> TALKATIVE = List.of("io.netty", "io.vertx");

    private Logs() {}

    public static void configure(Log log) {
        LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        logback.reset();
        EncoderBase<ILoggingEvent> encoder =
                switch (log.format()) {
                    case JSON -> new JsonLines();
                    case LOGFMT -> new LogfmtLines();
                };
        encoder.setContext(logback);
        encoder.start();
        ConsoleAppender<ILoggingEvent> standardError = new ConsoleAppender<>();
        standardError.setContext(logback);
        standardError.setTarget("System.err");
        standardError.setEncoder(encoder);
        standardError.start();
        ch.qos.logback.classic.Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level(log.level()));
        root.addAppender(standardError);
        logback.getLogger(Exporter.LOG).setLevel(Level.INFO);
        for (String library : TALKATIVE)
            logback.getLogger(library).setLevel(log.level() == Log.Level.ERROR ? Level.ERROR : Level.WARN);
    }

    private static Level level(Log.Level level) {
        return switch (level) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }
}
