package dev.jackstaff.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.Revision;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every retriever promises ([Retriever]), as tests. Extend it, and say how the place that is retrieved from is set up.
///
/// Nothing here measures time: a call that does not end fails by the wait around it, which is far longer than its limit.
public abstract class RetrieverContract {

    /// For the tests that extend it.
    protected RetrieverContract() {}

    /// Longer than any call here may take on the slowest machine.
    private static final long PATIENCE_SECONDS = 60;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private @Nullable Retriever retriever;

    /// A retriever of the place, not yet initialised.
    protected abstract Retriever create() throws Exception;

    /// Puts a document into the place.
    protected abstract void store(String document) throws Exception;

    /// Takes the document away.
    protected abstract void vanish() throws Exception;

    /// Makes the place accept a request and then not finish the answer, as a hung server or disk does.
    protected abstract void stall() throws Exception;

    /// The text that the set-up uses as a secret, such as a token; it must appear nowhere.
    protected abstract String secret();

    @AfterEach
    void closeRetriever() {
        if (retriever != null) retriever.close();
    }

    @Test
    void the_document_comes_as_it_was_stored() throws Exception {
        store("a: 1\n");

        assertThat(text(retrieve(null))).isEqualTo("a: 1\n");
    }

    @Test
    void bytes_that_are_no_text_come_through() throws Exception {
        store("\u0000\u00e4\ud83d\ude80\n");

        assertThat(text(retrieve(null))).isEqualTo("\u0000\u00e4\ud83d\ude80\n");
    }

    @Test
    void an_empty_document_is_a_document() throws Exception {
        store("");

        assertThat(text(retrieve(null))).isEmpty();
    }

    @Test
    void a_known_document_is_reported_as_unchanged() throws Exception {
        store("a: 1\n");
        Revision known = revision(retrieve(null));

        Retrieval second = retrieve(known);
        assertThat(second).isInstanceOf(Retrieval.Unchanged.class);
        assertThat(retrieve(revision(second))).isInstanceOf(Retrieval.Unchanged.class);
    }

    @Test
    void a_changed_document_comes_whole() throws Exception {
        store("a: 1\n");
        Revision known = revision(retrieve(null));

        store("a: 1\nb: 2\n");
        assertThat(text(retrieve(known))).isEqualTo("a: 1\nb: 2\n");
    }

    @Test
    void a_change_at_once_and_of_the_same_length_is_noticed() throws Exception {
        store("a: 0\n");
        Revision known = revision(retrieve(null));
        for (int i = 1; i < 10; i++) {
            store("a: " + i + "\n");
            Retrieval next = retrieve(known);
            assertThat(text(next)).isEqualTo("a: " + i + "\n");
            known = revision(next);
        }
    }

    @Test
    void a_document_that_went_back_to_an_older_one_is_a_change() throws Exception {
        store("a: 1\n");
        Revision first = revision(retrieve(null));
        store("a: 2\n");
        Revision second = revision(retrieve(first));

        store("a: 1\n");
        assertThat(text(retrieve(second))).isEqualTo("a: 1\n");
    }

    @Test
    void a_result_that_nobody_used_comes_again() throws Exception {
        store("a: 1\n");
        Revision known = revision(retrieve(null));
        store("a: 2\n");

        assertThat(text(retrieve(known))).isEqualTo("a: 2\n");
        assertThat(text(retrieve(known))).isEqualTo("a: 2\n");
        assertThat(text(retrieve(null))).isEqualTo("a: 2\n");
    }

    @Test
    void a_document_that_vanished_is_a_failure_and_not_an_empty_document() throws Exception {
        store("a: 1\n");
        Revision known = revision(retrieve(null));
        vanish();

        assertThatThrownBy(() -> retrieve(known)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> retrieve(null)).isInstanceOf(IOException.class);
    }

    @Test
    void it_works_again_when_the_document_is_back() throws Exception {
        store("a: 1\n");
        Revision known = revision(retrieve(null));
        vanish();
        assertThatThrownBy(() -> retrieve(known)).isInstanceOf(IOException.class);

        store("a: 3\n");
        assertThat(text(retrieve(known))).isEqualTo("a: 3\n");
    }

    @Test
    void a_failure_names_the_source_and_no_secret() throws Exception {
        vanish();

        Throwable failure = catchThrowable(() -> retrieve(null));
        assertThat(failure).hasMessageContaining(retriever().source());
        assertThat(failure.getMessage()).hasSizeLessThan(1_000);
        for (Throwable at = failure; at != null; at = at.getCause())
            assertThat(at.toString()).doesNotContain(secret());
    }

    @Test
    void its_name_and_its_result_show_no_secret() throws Exception {
        store("a: 1\n");

        assertThat(retriever().source()).isNotBlank().doesNotContain(secret());
        assertThat(retriever().toString()).doesNotContain(secret());
        assertThat(retrieve(null).toString()).doesNotContain(secret());
    }

    @Test
    void the_limit_is_kept_when_the_place_stalls() throws Exception {
        stall();

        FutureTask<Retrieval> call = inBackground(Duration.ofMillis(300));
        assertThatThrownBy(() -> call.get(PATIENCE_SECONDS, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void closing_ends_a_running_call() throws Exception {
        stall();
        FutureTask<Retrieval> call = inBackground(Duration.ofHours(1));

        retriever().close();
        // A call that had not begun when the retriever closed is a caller's mistake, one that had is a failure.
        assertThat(catchThrowable(() -> call.get(PATIENCE_SECONDS, SECONDS)))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfAny(IOException.class, IllegalStateException.class);
    }

    @Test
    void closing_is_final() throws Exception {
        store("a: 1\n");
        retrieve(null);
        retriever().close();

        assertThatThrownBy(() -> retriever().retrieve(null, LIMIT)).isInstanceOf(IllegalStateException.class);
        assertThatCode(() -> retriever().close()).doesNotThrowAnyException();
        assertThat(retriever().source()).isNotBlank();
    }

    @Test
    void it_can_be_closed_without_having_been_opened() throws Exception {
        Retriever unopened = create();

        assertThatCode(unopened::close).doesNotThrowAnyException();
    }

    /// The retriever under test, initialised at its first use.
    protected final Retriever retriever() throws Exception {
        Retriever current = retriever;
        if (current == null) {
            current = create();
            current.init(LIMIT);
            retriever = current;
        }
        return current;
    }

    /// Retrieves with a generous limit.
    protected final Retrieval retrieve(@Nullable Revision known) throws Exception {
        return retriever().retrieve(known, LIMIT);
    }

    /// The text of a result that has to be a document.
    protected static String text(Retrieval retrieval) {
        assertThat(retrieval).isInstanceOf(Retrieval.Content.class);
        return new String(((Retrieval.Content) retrieval).bytes(), UTF_8);
    }

    /// The mark to hand in next time.
    protected static Revision revision(Retrieval retrieval) {
        return retrieval instanceof Retrieval.Content content
                ? content.revision()
                : ((Retrieval.Unchanged) retrieval).revision();
    }

    private FutureTask<Retrieval> inBackground(Duration limit) throws Exception {
        Retriever under = retriever();
        FutureTask<Retrieval> call = new FutureTask<>(() -> under.retrieve(null, limit));
        Thread thread = new Thread(call, "retrieve");
        thread.setDaemon(true);
        thread.start();
        return call;
    }
}
