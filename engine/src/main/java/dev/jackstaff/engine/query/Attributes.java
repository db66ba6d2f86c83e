package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What queries see: the caller's attributes, over them the flag set's enrichment, over both the forced entries
/// `anonymous`, `key` and `targetingKey` (`utils.ContextToMap` of GO Feature Flag). A view; nothing is copied.
final class Attributes {
    static final String ANONYMOUS = "anonymous";
    static final String KEY = "key";
    static final String TARGETING_KEY = "targetingKey";

    private final Map<String, @Nullable Object> enrichment;
    private final boolean enrichmentHasJsonForm;

    Attributes(Map<String, @Nullable Object> enrichment) {
        this.enrichment = enrichment;
        this.enrichmentHasJsonForm = Values.isWritable(enrichment);
    }

    /// The entry `name` for `user`, or null.
    @Nullable
    Object get(EvaluationContext user, String name) {
        if (name.equals(KEY) || name.equals(TARGETING_KEY)) return user.targetingKey();
        boolean enriched = enrichment.containsKey(name);
        if (name.equals(ANONYMOUS)) return enriched ? Boolean.TRUE.equals(enrichment.get(name)) : user.anonymous();
        return enriched ? enrichment.get(name) : user.attributes().get(name);
    }

    /// Whether every user has the same entry `name`, or the same kind of it, known now: enrichment and forced entries.
    boolean isKnown(String name) {
        return isForced(name) || enrichment.containsKey(name);
    }

    static boolean isForced(String name) {
        return name.equals(ANONYMOUS) || name.equals(KEY) || name.equals(TARGETING_KEY);
    }

    Operand operand(List<String> names) {
        String first = names.get(0);
        Operand top = operand(first);
        if (names.size() == 1) return top;
        String[] members = names.subList(1, names.size()).toArray(String[]::new);
        if (top instanceof Operand.Attribute) return new Operand.Nested(first, members);
        if (isForced(first)) return new Operand.Fixed(Operand.NoPath.NO_PATH);
        return new Operand.Fixed(Operand.descend(enrichment.get(first), members));
    }

    Operand operand(String name) {
        if (name.equals(KEY) || name.equals(TARGETING_KEY)) return Operand.TargetingKey.TARGETING_KEY;
        boolean enriched = enrichment.containsKey(name);
        if (name.equals(ANONYMOUS))
            return enriched
                    ? new Operand.Fixed(Boolean.TRUE.equals(enrichment.get(name)))
                    : Operand.Anonymity.ANONYMITY;
        return enriched ? new Operand.Fixed(enrichment.get(name)) : new Operand.Attribute(name);
    }

    /// Whether JsonLogic can see the entries, all of which it takes as JSON: NaN and infinity have no such form.
    boolean haveJsonForm(EvaluationContext user) {
        return enrichmentHasJsonForm && (user.hasJsonForm() || Values.isWritable(all(user)));
    }

    /// All entries for `user` as a map of its own.
    Map<String, @Nullable Object> all(EvaluationContext user) {
        Map<String, @Nullable Object> all = new HashMap<>(user.attributes());
        all.putAll(enrichment);
        for (String forced : List.of(ANONYMOUS, KEY, TARGETING_KEY)) all.put(forced, get(user, forced));
        return all;
    }
}
