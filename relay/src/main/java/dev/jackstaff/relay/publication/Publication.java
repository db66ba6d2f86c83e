package dev.jackstaff.relay.publication;

import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.FlagJson;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.formats.json.UnencodableValueException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A snapshot and what is the same for everybody who asks about it, written and hashed once. Immutable but for
/// [#answerTags] and [#answerTexts]; safe to share.
///
/// Indented answers are for people: they are written when somebody asks.
///
/// Methods that give an answer throw [UnencodableValueException] when a flag has a value without JSON form, which only
/// `compatibility: exact` lets in.
public final class Publication {
    private static final Name FLAGS = Name.of("flags");
    private static final Name ENRICHMENT = Name.of("evaluationContextEnrichment");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    /// Go's zero time: there were no flags yet.
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private final Snapshot snapshot;
    private final Instant changed;
    private final String lastModified;
    private final @Nullable ChangeHashes hashes;
    private final @Nullable Tagged flagChange;
    private final @Nullable Tagged configuration;
    private final @Nullable Body manifest;
    private final AnswerTags answerTags;
    private final AnswerTexts answerTexts;

    private Publication(Snapshot snapshot, @Nullable Publication before, Instant now) {
        this.snapshot = snapshot;
        hashes = orNull(() -> ChangeHashes.of(snapshot.definitions()));
        flagChange = hashes == null ? null : Tagged.of(JsonWriter.write(false, hashes::write));
        configuration = orNull(() -> Tagged.of(configurationBody(snapshot.definitions(), false)));
        manifest = orNull(() -> manifestBody(false));
        changed = changed(before, now);
        lastModified = HTTP_DATE.format(changed);
        answerTags = new AnswerTags(snapshot::sameUntil);
        answerTexts = new AnswerTexts(snapshot.definitions().size());
    }

    /// @param before the publication of the snapshot before; null for the first one
    public static Publication of(Snapshot snapshot, @Nullable Publication before, Instant now) {
        return new Publication(snapshot, before, now);
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /// When the flag configuration last changed, in the form of `Last-Modified`. It never goes back, whatever the clock
    /// does: clients drop a configuration that is older than the one they have.
    public String lastModified() {
        return lastModified;
    }

    /// The same as an instant.
    public Instant changed() {
        return changed;
    }

    /// What tells this flag configuration from another, in the form of an ETag: that of [#configuration], and another where
    /// that has no JSON form.
    public String configurationTag() {
        return configuration == null ? "\"0-" + snapshot.definitions().hashCode() + "\"" : configuration.etag();
    }

    /// Hashes of the flags.
    public Tagged flagChange(boolean pretty) {
        if (!pretty && flagChange != null) return flagChange;
        ChangeHashes all = hashes == null ? ChangeHashes.of(snapshot.definitions()) : hashes;
        return Tagged.of(JsonWriter.write(pretty, all::write));
    }

    /// All flags as they are defined.
    public Tagged configuration(boolean pretty) {
        if (!pretty && configuration != null) return configuration;
        return Tagged.of(configurationBody(snapshot.definitions(), pretty));
    }

    /// Those of `keys` that exist, as they are defined. Cost: written for each caller, in proportion to its flags.
    public Tagged configuration(Collection<String> keys, boolean pretty) {
        Map<String, FlagDefinition> asked = new LinkedHashMap<>();
        for (String key : keys) {
            FlagDefinition flag = snapshot.definitions().get(key);
            if (flag != null) asked.put(key, flag);
        }
        return Tagged.of(configurationBody(asked, pretty));
    }

    /// The flags with their types and default values, for generators of typed clients.
    public Body manifest(boolean pretty) {
        return !pretty && manifest != null ? manifest : manifestBody(pretty);
    }

    /// Which answers to questions about all flags are known.
    public AnswerTags answerTags() {
        return answerTags;
    }

    /// What answers about single flags look like.
    public AnswerTexts answerTexts() {
        return answerTexts;
    }

    private Instant changed(@Nullable Publication before, Instant now) {
        if (before == null) return snapshot.definitions().isEmpty() ? NEVER : now;
        boolean same = configuration != null && before.configuration != null
                && configuration.etag().equals(before.configuration.etag());
        if (same) return before.changed;
        return now.isAfter(before.changed) ? now : before.changed;
    }

    private Body configurationBody(Map<String, FlagDefinition> flags, boolean pretty) {
        return JsonWriter.write(pretty, json -> writeConfiguration(json, flags));
    }

    /// `flags` is left out when none of the flags that were asked for exists, as recorded, but is there for a flag set without
    /// flags: clients crash without it (R-D19).
    private void writeConfiguration(JsonWriter json, Map<String, FlagDefinition> flags) throws IOException {
        json.beginObject();
        if (!flags.isEmpty() || snapshot.definitions().isEmpty()) FlagJson.write(json.name(FLAGS), flags);
        Map<String, @Nullable Object> enrichment = snapshot.options().enrichment();
        if (!enrichment.isEmpty()) json.member(ENRICHMENT, enrichment);
        json.endObject();
    }

    private Body manifestBody(boolean pretty) {
        return JsonWriter.write(pretty, json -> Manifest.write(json, snapshot.definitions().values()));
    }

    private static <T> @Nullable T orNull(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (UnencodableValueException e) {
            return null;
        }
    }
}
