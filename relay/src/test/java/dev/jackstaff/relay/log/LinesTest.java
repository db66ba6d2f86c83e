package dev.jackstaff.relay.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LinesTest {

    @Test
    void json_lines_have_level_time_and_message_first_and_then_the_fields() {
        LoggingEvent event = event("flag updated");
        event.addKeyValuePair(new KeyValuePair("flagKey", "a\"b"));
        event.addKeyValuePair(new KeyValuePair("revision", 7));
        event.addKeyValuePair(new KeyValuePair("source", null));
        assertThat(line(new JsonLines(), event))
                .isEqualTo("{\"level\":\"warn\",\"ts\":1700000000.123,\"msg\":\"flag updated\","
                        + "\"flagKey\":\"a\\\"b\",\"revision\":7,\"source\":\"null\"}\n");
    }

    @Test
    void logfmt_lines_quote_what_needs_quotes() {
        LoggingEvent event = event("two words");
        event.addKeyValuePair(new KeyValuePair("bare", "a/b:c"));
        event.addKeyValuePair(new KeyValuePair("empty", ""));
        event.addKeyValuePair(new KeyValuePair("odd", "a=\"b\"\n\u0001"));
        assertThat(line(new LogfmtLines(), event))
                .isEqualTo("level=warn ts=1.700000000123E9 msg=\"two words\" bare=a/b:c empty=\"\""
                        + " odd=\"a=\\\"b\\\"\\n\\u0001\"\n");
    }

    @Test
    void an_exception_is_one_field_of_one_line() {
        LoggingEvent event = event("failed");
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("why")));
        for (EncoderBase<ILoggingEvent> lines : java.util.List.of(new JsonLines(), new LogfmtLines()))
            assertThat(line(lines, event)).contains("stacktrace", "IllegalStateException: why").hasLineCount(1);
    }

    private static LoggingEvent event(String message) {
        LoggerContext logback = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent("here", logback.getLogger("test"), Level.WARN, message, null, new Object[0]);
        event.setInstant(Instant.ofEpochMilli(1_700_000_000_123L));
        return event;
    }

    private static String line(EncoderBase<ILoggingEvent> lines, ILoggingEvent event) {
        return new String(lines.encode(event), StandardCharsets.UTF_8);
    }
}
