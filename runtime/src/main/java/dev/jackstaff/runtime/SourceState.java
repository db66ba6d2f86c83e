package dev.jackstaff.runtime;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Revision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of one retriever: its last good document, the mark of the last one it showed, and what is wrong. Immutable.
///
/// A document that cannot be used is remembered as seen, so that it is parsed and reported once and not at every poll.
///
/// @param source       the retriever's name
/// @param seen         the mark of the last document, good or not; null for none
/// @param content      the text of the last good document; null for none
/// @param file         the last good document; null for none
/// @param contentFaults why the document seen last is not used; empty when it is
/// @param failure      why the retriever delivered nothing at the last attempt; null when it did
/// @param lastGood     when the document in `file` was last known to be current; null for never
/// @param failingSince when the present trouble began; null without trouble
/// @param failures     attempts since then that ended in trouble
record SourceState(
        String source,
        @Nullable Revision seen,
        Retrieval.@Nullable Content content,
        @Nullable FlagFile file,
        List<Problem> contentFaults,
        @Nullable Problem failure,
        @Nullable Instant lastGood,
        @Nullable Instant failingSince,
        int failures) {

    SourceState {
        contentFaults = List.copyOf(contentFaults);
    }

    static SourceState unknown(String source) {
        return new SourceState(source, null, null, null, List.of(), null, null, null, 0);
    }

    /// Whether the retriever has delivered a usable document since the start.
    boolean isLoaded() {
        return file != null;
    }

    boolean isGood() {
        return failure == null && contentFaults.isEmpty() && isLoaded();
    }

    List<Problem> problems() {
        return failure == null ? contentFaults : List.of(failure);
    }

    SourceState reached(Revision revision, Instant now) {
        return contentFaults.isEmpty()
                ? new SourceState(source, revision, content, file, List.of(), null, now, null, 0)
                : new SourceState(
                        source, revision, content, file, contentFaults, null, lastGood, since(now),
                        failures + 1);
    }

    SourceState loaded(Retrieval.Content content, FlagFile file, Instant now) {
        return new SourceState(source, content.revision(), content, file, List.of(), null, now, null, 0);
    }

    SourceState unusable(Revision revision, List<Problem> problems, Instant now) {
        return new SourceState(
                source, revision, content, file, problems, null, lastGood, since(now), failures + 1);
    }

    SourceState failed(Problem problem, Instant now) {
        return new SourceState(
                source, seen, content, file, contentFaults, problem, lastGood, since(now), failures + 1);
    }

    /// A problem of the source as a whole.
    static Problem fault(String source, String message, @Nullable String hint) {
        return new Problem(Problem.Severity.ERROR, null, "", Location.of(source), message, hint);
    }

    private Instant since(Instant now) {
        return failingSince == null ? now : failingSince;
    }
}
