package dev.jackstaff.relay.http;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.relay.publication.AnswerTexts;
import dev.jackstaff.relay.publication.Publication;
import dev.jackstaff.runtime.Events;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request that has passed every stage before its handler. Only the pipeline makes one. Immutable.
public final class Decoded<T> {
    private final Request request;
    private final ServedFlagSet flagSet;
    private final Publication publication;
    private final T value;

    Decoded(Request request, ServedFlagSet flagSet, T value) {
        this.request = request;
        this.flagSet = flagSet;
        this.publication = flagSet.publication();
        this.value = value;
    }

    public Request request() {
        return request;
    }

    /// The caller's flag set.
    public ServedFlagSet flagSet() {
        return flagSet;
    }

    /// The caller's flags, taken once, so that one answer sees one revision.
    public Publication publication() {
        return publication;
    }

    public Snapshot snapshot() {
        return publication.snapshot();
    }

    public T value() {
        return value;
    }

    /// The JSON of an answer about the flag in the path: one that depends on nothing but the flag.
    public Body text(AnswerTexts.Form form, Evaluation evaluation) {
        String key = request.flagKey();
        return request.style().pretty()
                ? JsonWriter.write(true, json -> form.write(json, key, evaluation))
                : publication.answerTexts().of(form, key, evaluation);
    }

    /// The flags that evaluating all is about: those that the context lists, of which some may not exist, or all.
    public Collection<String> flagsFor(EvaluationContext context) {
        Set<String> listed = context.flagList();
        return listed == null || listed.isEmpty() ? snapshot().definitions().keySet() : listed;
    }

    /// An answer about one flag, with the event it leaves behind if it is chosen; the answer itself where the flag is not
    /// tracked or no exporter wants events, which then costs nothing.
    ///
    /// @param defaultValue of the caller; belongs to the event from now on and must not change
    public Response tracked(
            Response response, Evaluation evaluation, @Nullable Object defaultValue, EvaluationContext context,
            Instant now) {
        Response answer = flagSet.isWatched()
                ? response.from(new Evaluated(evaluation, context.targetingKey()))
                : response;
        Events events = flagSet.events();
        if (!evaluation.trackEvents() || !events.take(EventType.EVALUATION)) return answer;
        return answer.entailing(new Recording(
                events, EvaluationEvent.of(request.flagKey(), evaluation, defaultValue, context, now)));
    }
}
