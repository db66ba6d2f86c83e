package dev.jackstaff.verify.conformance.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of a world: a request and its recorded answer, or the steps of a stream transcript. The members are those of
/// the corpus' README; what they hold is plain JSON values.
///
/// @param id       stable name
/// @param endpoint the group it belongs to
/// @param members  everything the line says
record Exchange(String id, String endpoint, Map<String, @Nullable Object> members) {

    static Exchange of(Map<String, @Nullable Object> members) {
        return new Exchange(
                String.valueOf(members.get("id")), String.valueOf(members.get("endpoint")), members);
    }

    /// The steps, null for a plain request.
    @Nullable
    List<Map<String, @Nullable Object>> steps() {
        return Values.objectsOrNull(members.get("steps"));
    }

    Map<String, @Nullable Object> request() {
        return Values.object(members.get("request"));
    }

    /// What the recorded answer claims, and how it is compared.
    Claims recorded() {
        return claims(Values.object(members.get("response")), members);
    }

    /// Answers that are accepted, too, because the recorded one is a defect.
    List<Claims> better() {
        Object better = members.get("better");
        if (better == null) return List.of();
        List<?> all = better instanceof List<?> list ? list : List.of(better);
        return all.stream().map(one -> claims(Values.object(one), Values.object(one))).toList();
    }

    /// @param ruled says how to compare; what it leaves out is as for the recorded answer, but for pins and patterns, which
    ///              belong to one answer
    private Claims claims(Map<String, @Nullable Object> answer, Map<String, @Nullable Object> ruled) {
        Object compare = ruled.getOrDefault("compare", members.getOrDefault("compare", "exact"));
        Object masks = ruled.getOrDefault("masks", members.get("masks"));
        return new Claims(
                answer, String.valueOf(compare), Values.texts(masks), Values.texts(ruled.get("pins")),
                Values.texts(ruled.get("contains")));
    }
}
