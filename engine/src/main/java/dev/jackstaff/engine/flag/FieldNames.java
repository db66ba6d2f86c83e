package dev.jackstaff.engine.flag;

import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Syntax;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names of the fields of one kind of map, and what people write when they mean one of them.
final class FieldNames {
    static final FieldNames FLAG = new FieldNames(
            "variations",
            "targeting",
            "bucketingKey",
            "defaultRule",
            "experimentation",
            "scheduledRollout",
            "trackEvents",
            "disable",
            "version",
            "metadata",
            // Named a converter of flag formats before GO Feature Flag 1.0; still accepted, without effect.
            "converter");
    static final FieldNames STEP = new FieldNames(
            "date",
            "variations",
            "targeting",
            "bucketingKey",
            "defaultRule",
            "experimentation",
            "scheduledRollout",
            "trackEvents",
            "disable",
            "version",
            "metadata");
    static final FieldNames RULE =
            new FieldNames("name", "query", "variation", "percentage", "progressiveRollout", "disable");
    static final FieldNames PROGRESSIVE_ROLLOUT = new FieldNames("initial", "end");
    static final FieldNames STAGE = new FieldNames("variation", "percentage", "date");
    static final FieldNames EXPERIMENTATION = new FieldNames("start", "end");

    /// Names other flag systems and GO Feature Flag's own documentation use.
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(
            Map.entry("disabled", "disable"),
            Map.entry("enabled", "disable"),
            Map.entry("percentages", "percentage"),
            Map.entry("rules", "targeting"),
            Map.entry("rule", "targeting"),
            Map.entry("default", "defaultRule"),
            Map.entry("defaultvariant", "defaultRule"),
            Map.entry("defaultvariation", "defaultRule"),
            Map.entry("variants", "variations"),
            Map.entry("variationresult", "variation"),
            Map.entry("variant", "variation"),
            Map.entry("condition", "query"),
            Map.entry("rollout", "progressiveRollout"),
            Map.entry("scheduled", "scheduledRollout"),
            Map.entry("steps", "scheduledRollout"));

    private final List<String> names;
    private final Map<String, String> exact = new HashMap<>();

    private FieldNames(String... names) {
        this.names = List.of(names);
        for (String name : names) exact.put(name, name);
    }

    /// The field that `key` sets, or null for none. YAML compares letter by letter; JSON and TOML take another letter
    /// case where nothing fits exactly (`encoding/json` and `BurntSushi/toml`).
    @Nullable
    String find(Node.Scalar key, Syntax syntax) {
        String written = key.source();
        String field = exact.get(written);
        if (field != null || syntax == Syntax.YAML) return field;
        for (String name : names) if (name.equalsIgnoreCase(written)) return name;
        return null;
    }

    /// What somebody who wrote `written` may have meant, or null.
    @Nullable
    String suggestionFor(String written) {
        for (String name : names) if (name.equalsIgnoreCase(written)) return name;
        String meant = OTHER_WORDS.get(written.toLowerCase(Locale.ROOT));
        if (meant != null && names.contains(meant)) return meant;
        String nearest = null;
        int best = Math.min(3, written.length() / 2 + 1);
        for (String name : names) {
            int edits = edits(written, name, best);
            if (edits < best) {
                best = edits;
                nearest = name;
            }
        }
        return nearest;
    }

    /// The letters to insert, drop or replace to turn `a` into `b`; `limit` when there are that many or more.
    private static int edits(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) return limit;
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return Math.min(limit, row[b.length()]);
    }
}
