package dev.jackstaff.spi;

import dev.jackstaff.engine.document.Syntax;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fetches the bytes of one flag document, again and again, from one place.
///
/// **Lifecycle.** [#init] until it succeeds, then [#retrieve] any number of times, then [#close], which is final. A
/// retriever that has nothing to prepare leaves `init` as it is. Its owner may close it in every state, also without an
/// `init`.
///
/// **Threads.** `init` and `retrieve` are called one at a time, not always by the same thread. `close`, [#source] and
/// [#syntax] may be called by any thread at any time, also while a `retrieve` runs.
///
/// **Time.** A call ends within its limit, connecting, redirects and the *end of the body* included: it returns, or it
/// throws. Whoever ignores the limit loses: the owner goes on without the result, counts it as late and does not call
/// again until the call has ended.
///
/// **Failing.** Everything that keeps the document from being read is an [IOException]. Its message says what was asked
/// for and what happened, and goes to logs and status pages: no token, password, query string or header value stands in
/// it. The owner keeps the last good document of a failing retriever in force, so a retriever never makes up for a
/// failure with an empty document.
///
/// **State.** A retriever remembers nothing about earlier documents that a result depends on. What the owner has seen, it
/// hands in as `known`; so a result that came too late to be used does not turn into a missed change.
public interface Retriever extends AutoCloseable {

    /// The name a person knows the document by, without secrets: a path, a URL without user, password and query.
    ///
    /// It is the `source` of every problem in the document, and fixed for the life of the retriever.
    String source();

    /// The notation of the document where the place decides it, as a database does; empty where the flag set's
    /// configuration decides, as for files.
    default Optional<Syntax> syntax() {
        return Optional.empty();
    }

    /// Prepares what `retrieve` needs, such as clients and certificates. Called again after it failed, never after it
    /// succeeded.
    ///
    /// @throws IOException when the retriever cannot work yet; the owner tries again later
    default void init(Duration limit) throws IOException {}

    /// Fetches the document, or finds that it is still the known one.
    ///
    /// @param known the mark of the document the owner has seen last, as this retriever gave it; null for "none"
    /// @param limit how long the call may take
    /// @return [Retrieval.Unchanged] only if `known` is given and the document is byte for byte the one it marks
    /// @throws IOException           when the document cannot be read completely
    /// @throws IllegalStateException after [#close]
    Retrieval retrieve(@Nullable Revision known, Duration limit) throws IOException;

    /// Gives back connections and threads. A running `retrieve` ends soon after, with an [IOException]. Closing again
    /// does nothing. Does not wait for anything remote.
    @Override
    void close();
}
