package dev.jackstaff.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every exporter promises ([Exporter]), as tests. Extend it, and say how to see what has arrived.
public abstract class ExporterContract {

    /// For the tests that extend it.
    protected ExporterContract() {}

    /// Longer than any call here takes on the slowest machine.
    static final Duration LIMIT = Duration.ofSeconds(30);

    private @Nullable Exporter exporter;

    /// An exporter of evaluation events, not yet initialised.
    protected abstract Exporter create() throws Exception;

    /// The keys of the events that have arrived, in the order in which they did.
    protected abstract List<String> arrived() throws Exception;

    /// The text that the set-up uses as a secret, such as a token; it must appear nowhere.
    protected abstract String secret();

    @AfterEach
    void closeExporter() {
        if (exporter != null) exporter.close();
    }

    @Test
    void events_arrive_in_their_order_batch_after_batch() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<Event> batch = TestEvents.evaluations(10 * i, 10 * i + 10);
            assertThat(export(batch)).isEqualTo(Delivery.COMPLETE);
            batch.forEach(event -> keys.add(event.key()));
        }

        assertThat(arrived()).isEqualTo(keys);
    }

    @Test
    void a_batch_of_thousands_arrives_whole() throws Exception {
        List<Event> batch = TestEvents.evaluations(0, 3_000);
        assertThat(export(batch)).isEqualTo(Delivery.COMPLETE);

        assertThat(arrived()).isEqualTo(batch.stream().map(Event::key).toList());
    }

    @Test
    void its_name_shows_no_secret() throws Exception {
        assertThat(exporter().sink()).isNotBlank().doesNotContain(secret());
        assertThat(exporter().toString()).doesNotContain(secret());
    }

    @Test
    void closing_is_final() throws Exception {
        export(TestEvents.evaluations(0, 1));
        exporter().close();

        assertThatThrownBy(() -> export(TestEvents.evaluations(1, 2))).isInstanceOf(IllegalStateException.class);
        assertThatCode(() -> exporter().close()).doesNotThrowAnyException();
        assertThat(exporter().sink()).isNotBlank();
        assertThat(arrived()).containsExactly("e0");
    }

    @Test
    void it_can_be_closed_without_having_been_opened() throws Exception {
        Exporter unopened = create();

        assertThatCode(unopened::close).doesNotThrowAnyException();
    }

    /// The exporter under test, initialised at its first use.
    protected final Exporter exporter() throws Exception {
        Exporter current = exporter;
        if (current == null) {
            current = create();
            current.init(LIMIT);
            exporter = current;
        }
        return current;
    }

    /// Exports with a generous limit.
    protected final Delivery export(List<Event> events) throws Exception {
        return exporter().export(events, LIMIT);
    }

    /// A failure as it has to be: an [IOException] that tells where, not much, and no secret.
    final void assertIsTold(Throwable failure) throws Exception {
        assertThat(failure).isInstanceOf(IOException.class).hasMessageContaining(exporter().sink());
        assertThat(failure.getMessage()).hasSizeLessThan(1_000);
        for (Throwable at = failure; at != null; at = at.getCause())
            assertThat(at.toString()).doesNotContain(secret());
    }
}
