package dev.jackstaff.relay.publication;

import dev.jackstaff.formats.json.Body;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Remembers which ETag the answer to a question had, so that a client that asks again and has that answer is told so
/// without anybody working it out.
///
/// It belongs to one snapshot and is dropped with it, so no edit can make it wrong; time can, so each entry ends where
/// time alone can change an answer.
///
/// Bounds: 16,384 questions, about 3.5 MB when full. Each question has one place; the newest to come there stays.
/// Thread-safe without lock: a place holds one immutable entry, and losing one only costs an evaluation.
public final class AnswerTags {
    private static final int PLACES = 1 << 14;

    /// @param from  when the answer was worked out; a clock that is set back leaves the entry
    /// @param until when it can be another one
    private record Entry(Question question, String etag, Instant from, Instant until) {
        boolean holds(Question asked, Instant now) {
            return question.equals(asked) && !now.isBefore(from) && now.isBefore(until);
        }
    }

    private final AtomicReferenceArray<@Nullable Entry> places = new AtomicReferenceArray<>(PLACES);
    private final UnaryOperator<Instant> sameUntil;

    /// @param sameUntil until when answers stay what they are at a moment
    AnswerTags(UnaryOperator<Instant> sameUntil) {
        this.sameUntil = sameUntil;
    }

    /// The tag of the answer to a question, when `ifNoneMatch` names it: then the caller has that answer. Null otherwise.
    public @Nullable Tagged known(Question question, @Nullable String ifNoneMatch, Instant now) {
        if (ifNoneMatch == null) return null;
        Entry entry = places.get(place(question));
        return entry != null && entry.holds(question, now) && Tagged.names(ifNoneMatch, entry.etag)
                ? new Tagged(null, entry.etag)
                : null;
    }

    /// Remembers the answer to a question.
    ///
    /// @param body worked out from the snapshot these tags belong to and at `now`
    public Tagged keep(Question question, Instant now, Body body) {
        Tagged answer = Tagged.of(body);
        places.set(place(question), new Entry(question, answer.etag(), now, sameUntil.apply(now)));
        return answer;
    }

    private static int place(Question question) {
        return (int) question.high() & (PLACES - 1);
    }
}
