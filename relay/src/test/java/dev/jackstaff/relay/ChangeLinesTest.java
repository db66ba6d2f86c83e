package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.runtime.FlagSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/// What the log tells of flags that change: the lines of GO Feature Flag's log notifier.
class ChangeLinesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private static String flag(String key, String rest) {
        return key + ": {variations: {a: A, b: B}, defaultRule: {variation: a}" + rest + "}\n";
    }

    @Test
    void each_flag_that_changes_gets_a_line() throws Exception {
        Path flags = folder.resolve("flags.yaml");
        Files.writeString(flags, flag("same", "") + flag("gone", "") + flag("off", "") + flag("on", ", disable: true")
                + flag("edited", ""));
        Path config = Files.writeString(folder.resolve("relay.yaml"), """
                hideBanner: true
                server: {host: 127.0.0.1, port: 0}
                pollingInterval: 1000
                retriever: {kind: file, path: '%s'}
                """.formatted(flags));
        try (RunningRelay _ = Relay.start((RelayConfig) RelayConfig.read(config, List.of()))) {
            listen();
            Files.writeString(flags, flag("same", "") + flag("off", ", disable: true") + flag("on", "")
                    + flag("edited", ", version: '2'") + flag("new", ""));
            List<String> told = new ArrayList<>();
            while (told.size() < 5) {
                String line = lines.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                assertThat(line).as("another line after %s", told).isNotNull();
                if (!line.startsWith("flag added") || line.endsWith(": new")) told.add(line);
            }
            assertThat(told).containsExactlyInAnyOrder(
                    "flag removed: gone",
                    "flag added: new",
                    "flag is turned OFF: off",
                    "flag is turned ON: on",
                    "flag updated: edited");
        }
    }

    private void listen() {
        Logger log = (Logger) LoggerFactory.getLogger(FlagSet.class);
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                for (KeyValuePair pair : event.getKeyValuePairs())
                    if (pair.key.equals("key")) lines.add(event.getMessage() + ": " + pair.value);
            }
        };
        appender.setContext(log.getLoggerContext());
        appender.start();
        log.addAppender(appender);
    }
}
