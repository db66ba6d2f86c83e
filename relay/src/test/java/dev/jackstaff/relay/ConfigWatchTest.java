package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.runtime.Resources;
import dev.jackstaff.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the configuration is read again, look by look.
class ConfigWatchTest {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final String RETRIEVER = "retriever: {kind: file, path: flags.yaml}\nserver: {port: ";

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Integer> ports = new ArrayList<>();
    private boolean worthTryingAgain;
    private boolean throwing;
    private int version;

    @TempDir
    Path folder;

    private ConfigWatch watch;

    @BeforeEach
    void start() throws IOException {
        write(RETRIEVER + "1}");
        RelayConfig first = (RelayConfig) RelayConfig.read(file(), List.of());
        watch = ConfigWatch.start(first, this::apply,
                new Resources(Runnable::run, clock::after, clock, new SplittableRandom(1)));
    }

    private boolean apply(RelayConfig config) {
        ports.add(config.server().port());
        if (throwing) throw new IllegalStateException("on purpose");
        return worthTryingAgain;
    }

    @Test
    void a_change_is_handed_over_once() throws IOException {
        clock.advance(LOOK.multipliedBy(10));
        assertThat(ports).isEmpty();
        write(RETRIEVER + "2}");
        clock.advance(LOOK.multipliedBy(10));
        assertThat(ports).containsExactly(2);
    }

    @Test
    void a_file_that_is_being_written_is_left_alone_until_it_is_still() throws IOException {
        for (int i = 0; i < 5; i++) {
            write(RETRIEVER + "1" + "0".repeat(i) + "}");
            clock.advance(LOOK);
        }
        assertThat(ports).isEmpty();
        clock.advance(LOOK);
        assertThat(ports).containsExactly(10000);
    }

    @Test
    void a_broken_or_missing_file_is_passed_over_and_the_next_good_one_is_not() throws IOException {
        write("retriever: [");
        clock.advance(LOOK.multipliedBy(3));
        Files.delete(file());
        clock.advance(LOOK.multipliedBy(3));
        assertThat(ports).isEmpty();
        write(RETRIEVER + "3}");
        clock.advance(LOOK.multipliedBy(3));
        assertThat(ports).containsExactly(3);
    }

    @Test
    void what_could_not_be_done_is_tried_again_after_half_a_minute() throws IOException {
        worthTryingAgain = true;
        write(RETRIEVER + "4}");
        clock.advance(LOOK.multipliedBy(2));
        assertThat(ports).containsExactly(4);
        clock.advance(Duration.ofSeconds(29));
        assertThat(ports).containsExactly(4);
        worthTryingAgain = false;
        clock.advance(Duration.ofSeconds(2));
        assertThat(ports).containsExactly(4, 4);
        clock.advance(Duration.ofMinutes(2));
        assertThat(ports).containsExactly(4, 4);
    }

    @Test
    void whatever_goes_wrong_with_one_configuration_the_next_is_read() throws IOException {
        throwing = true;
        write(RETRIEVER + "5}");
        clock.advance(LOOK.multipliedBy(3));
        throwing = false;
        write(RETRIEVER + "6}");
        clock.advance(LOOK.multipliedBy(3));
        assertThat(ports).containsExactly(5, 6);
    }

    @Test
    void after_the_end_nothing_is_read() throws IOException {
        watch.close();
        write(RETRIEVER + "7}");
        clock.advance(LOOK.multipliedBy(3));
        assertThat(ports).isEmpty();
        assertThat(clock.planned()).isZero();
    }

    private Path file() {
        return folder.resolve("goff-proxy.yaml");
    }

    /// With a time of its own for each version, as a slow hand would leave it.
    private void write(String text) throws IOException {
        Files.writeString(file(), text);
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1_700_000_000_000L + ++version * 1000L));
    }
}
