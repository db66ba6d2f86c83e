package dev.jackstaff.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// What every exporter promises whose place can be away: what the others promise, and that it fails in time.
///
/// Nothing here measures time: a call that does not end fails by the wait around it, which is far longer than its limit.
public abstract class RemoteExporterContract extends ExporterContract {

    /// For the tests that extend it.
    protected RemoteExporterContract() {}

    private static final long PATIENCE_SECONDS = 60;

    /// Makes the place fail, until told to [#recover].
    protected abstract void fail() throws Exception;

    /// Makes the place work again.
    protected abstract void recover() throws Exception;

    /// Makes the place accept a request and then not answer.
    protected abstract void stall() throws Exception;

    @Test
    void a_failure_names_the_place_and_no_secret() throws Exception {
        fail();

        assertIsTold(catchThrowable(() -> export(TestEvents.evaluations(0, 1))));
    }

    @Test
    void it_works_again_when_the_place_does() throws Exception {
        fail();
        assertThatThrownBy(() -> export(TestEvents.evaluations(0, 2))).isInstanceOf(IOException.class);

        recover();
        assertThat(export(TestEvents.evaluations(0, 2))).isEqualTo(Delivery.COMPLETE);
        assertThat(arrived()).containsExactly("e0", "e1");
    }

    @Test
    void the_limit_is_kept_when_the_place_stalls() throws Exception {
        stall();

        FutureTask<Delivery> call = inBackground(Duration.ofMillis(300));
        assertThatThrownBy(() -> call.get(PATIENCE_SECONDS, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void closing_ends_a_running_call() throws Exception {
        stall();
        FutureTask<Delivery> call = inBackground(Duration.ofHours(1));

        exporter().close();
        // A call that had not begun when the exporter closed is a caller's mistake, one that had is a failure.
        assertThat(catchThrowable(() -> call.get(PATIENCE_SECONDS, SECONDS)))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfAny(IOException.class, IllegalStateException.class);
    }

    private FutureTask<Delivery> inBackground(Duration limit) throws Exception {
        Exporter under = exporter();
        FutureTask<Delivery> call = new FutureTask<>(() -> under.export(TestEvents.evaluations(0, 1), limit));
        Thread thread = new Thread(call, "export");
        thread.setDaemon(true);
        thread.start();
        return call;
    }
}
