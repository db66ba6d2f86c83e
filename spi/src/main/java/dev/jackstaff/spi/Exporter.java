package dev.jackstaff.spi;

import dev.jackstaff.engine.event.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Hands events over to one place, batch by batch.
///
/// **Lifecycle.** [#init] until it succeeds, then [#export] any number of times, then [#close], which is final. An exporter
/// that has nothing to prepare leaves `init` as it is. Its owner may close it in every state, also without an `init`.
///
/// **Threads.** `init` and `export` are called one at a time, not always by the same thread, never by one that answers a
/// request. `close`, [#sink] and [#immediate] may be called by any thread at any time, also while an `export` runs.
///
/// **Time.** A call ends within its limit, connecting and the *end of the answer* included: it returns, or it throws. While
/// one runs its owner collects, within bounds, and drops the oldest events when these are reached.
///
/// **Failing.** Everything that keeps a batch from being delivered is an [IOException]. Its message says where it should
/// have gone and what happened, and goes to logs and status pages: no token, password, query string or header value stands
/// in it, and nothing of an event. The owner hands the same events in again, later; so a place may get an event twice, and
/// an exporter never keeps events for itself.
///
/// **Order.** Events come in the order in which they were recorded. What [Delivery#again] names comes first next time.
public interface Exporter extends AutoCloseable {

    /// The log that exporters write events to whose place is a log. Whoever sets logging up lets everything through that is
    /// written there (R-D11).
    String LOG = "jackstaff.events";

    /// The name a person knows the place by, without secrets: a folder, a URL without user, password and query. Fixed for
    /// the life of the exporter.
    String sink();

    /// Whether events are handed over as they come, and not in bulk at an interval.
    default boolean immediate() {
        return false;
    }

    /// Prepares what `export` needs, such as clients and folders. Called again after it failed, never after it succeeded.
    ///
    /// @throws IOException when the exporter cannot work yet; the owner tries again later
    default void init(Duration limit) throws IOException {}

    /// Delivers a batch, all of one type of event.
    ///
    /// @param events oldest first; never empty, and not to be changed
    /// @param limit  how long the call may take
    /// @throws IOException           when nothing of the batch was delivered, or nobody knows how much
    /// @throws IllegalStateException after [#close]
    Delivery export(List<Event> events, Duration limit) throws IOException;

    /// Gives back connections, files and threads. A running `export` ends soon after. Closing again does nothing. Does not
    /// wait for anything remote.
    @Override
    void close();
}
