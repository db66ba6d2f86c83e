package dev.jackstaff.relay.publication;

import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.FlagJson;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.formats.json.UnencodableValueException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.HashMap;
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

    /// With the names written down: to look them up by language would cost a start some milliseconds.
    private static final DateTimeFormatter HTTP_DATE = new DateTimeFormatterBuilder()
            .appendText(ChronoField.DAY_OF_WEEK, numbered("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
            .appendPattern("', 'dd' '")
            .appendText(ChronoField.MONTH_OF_YEAR, numbered("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
                    "Sep", "Oct", "Nov", "Dec"))
            .appendPattern("' 'uuuu HH:mm:ss 'GMT'")
            .toFormatter(Locale.ROOT)
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
        FlagTexts texts = orNull(() -> FlagTexts.of(snapshot.definitions()));
        hashes = texts == null ? null : ChangeHashes.of(texts);
        flagChange = hashes == null ? null : Tagged.of(JsonWriter.write(false, hashes::write));
        configuration = texts == null ? null : orNull(() -> Tagged.of(configurationBody(texts)));
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
        ChangeHashes all = hashes == null ? ChangeHashes.of(FlagTexts.of(snapshot.definitions())) : hashes;
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

    private Body configurationBody(FlagTexts texts) {
        return configurationBody(false, json -> json.name(FLAGS).written(texts.all()));
    }

    /// `flags` is left out when none of the flags that were asked for exists, as recorded, but is there for a flag set without
    /// flags: clients crash without it (R-D19).
    private Body configurationBody(Map<String, FlagDefinition> flags, boolean pretty) {
        boolean told = !flags.isEmpty() || snapshot.definitions().isEmpty();
        return configurationBody(pretty, json -> {
            if (told) FlagJson.write(json.name(FLAGS), flags);
        });
    }

    private Body configurationBody(boolean pretty, JsonWriter.Content flags) {
        return JsonWriter.write(pretty, json -> {
            json.beginObject();
            flags.writeTo(json);
            Map<String, @Nullable Object> enrichment = snapshot.options().enrichment();
            if (!enrichment.isEmpty()) json.member(ENRICHMENT, enrichment);
            json.endObject();
        });
    }

    private Body manifestBody(boolean pretty) {
        return JsonWriter.write(pretty, json -> Manifest.write(json, snapshot.definitions().values()));
    }

    private static Map<Long, String> numbered(String... names) {
        Map<Long, String> numbered = new HashMap<>();
        for (String name : names) numbered.put(numbered.size() + 1L, name);
        return numbered;
    }

    private static <T> @Nullable T orNull(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (UnencodableValueException e) {
            return null;
        }
    }
}
