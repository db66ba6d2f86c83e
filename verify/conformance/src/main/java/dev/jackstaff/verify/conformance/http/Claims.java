package dev.jackstaff.verify.conformance.http;

import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.verify.conformance.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an answer must be, in the rules of the corpus' README.
///
/// @param answer   `status` (one or a list), `headers`, `body`
/// @param compare  `exact`, `shape` or `status`
/// @param masks    patterns of what varies; the first group of each match does not count
/// @param pins     JSON pointers to what must be equal although only the shape is compared
/// @param contains patterns that must match somewhere in the body
record Claims(
        Map<String, @Nullable Object> answer,
        String compare,
        List<String> masks,
        List<String> pins,
        List<String> contains) {

    /// Compared as the lists of tokens that they are: at least the recorded ones must be there.
    private static final Set<String> SET_LIKE =
            Set.of("vary", "allow", "access-control-allow-methods", "access-control-allow-headers");

    private static final String PATTERN = "re:";

    /// What differs; nothing when the answer is as claimed.
    List<String> differences(Reply reply) {
        List<String> found = new ArrayList<>();
        Object status = answer.get("status");
        List<?> allowed = status instanceof List<?> list ? list : Arrays.asList(status);
        if (!allowed.contains((double) reply.status())) found.add("status: want " + status + ", got " + reply.status());
        found.addAll(ofHeaders(Values.object(answer.get("headers")), reply));
        for (String pattern : contains)
            if (!Pattern.compile(pattern, Pattern.MULTILINE).matcher(reply.text()).find())
                found.add("body: no match for /" + pattern + "/");
        if (compare.equals("status") || !(answer.get("body") instanceof String body)) return found;
        if (compare.equals("shape")) found.addAll(ofShape(body, reply.text()));
        else if (!masked(body).equals(masked(reply.text())))
            found.add("body: want " + shortened(body) + ", got " + shortened(reply.text()));
        return found;
    }

    static List<String> ofHeaders(Map<String, @Nullable Object> claims, Reply reply) {
        List<String> found = new ArrayList<>();
        claims.forEach((name, want) -> {
            List<String> got = reply.all(name);
            if (!holds(name, want, got)) found.add("header " + name + ": want " + want + ", got " + got);
        });
        return found;
    }

    private static boolean holds(String name, @Nullable Object want, List<String> got) {
        if (want == null) return got.isEmpty();
        if (got.isEmpty()) return false;
        if (want.equals("*")) return true;
        if (SET_LIKE.contains(name)) return tokens(got).containsAll(tokens(Values.texts(want)));
        if (want instanceof String text && text.startsWith(PATTERN))
            return got.getFirst().matches(text.substring(PATTERN.length()));
        return got.equals(Values.texts(want));
    }

    private static Set<String> tokens(List<String> values) {
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .filter(token -> !token.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String masked(String text) {
        for (String mask : masks) {
            String pattern = mask.startsWith(PATTERN) ? mask.substring(PATTERN.length()) : mask;
            text = Pattern.compile(pattern, Pattern.MULTILINE)
                    .matcher(text)
                    .replaceAll(match -> Matcher.quoteReplacement(masked(match)));
        }
        return text;
    }

    private static String masked(MatchResult match) {
        if (match.groupCount() == 0 || match.group(1) == null) return "~";
        String whole = match.group();
        return whole.substring(0, match.start(1) - match.start()) + "~" + whole.substring(match.end(1) - match.start());
    }

    private List<String> ofShape(String want, String got) {
        Object wanted;
        try {
            wanted = Json.parse(want);
        } catch (MalformedDocumentException e) {
            return want.isBlank() == got.isBlank() ? List.of() : List.of("body: want some text, got " + shortened(got));
        }
        List<String> found = new ArrayList<>();
        try {
            shape(wanted, Json.parse(got), "", found);
        } catch (MalformedDocumentException e) {
            found.add("body: no JSON: " + shortened(got));
        }
        return found;
    }

    private void shape(@Nullable Object want, @Nullable Object got, String path, List<String> found) {
        String at = "body " + (path.isEmpty() ? "/" : path) + ": ";
        if (pins.contains(path)) {
            if (!Json.same(want, got)) found.add(at + "want " + want + ", got " + got);
        } else if (!kind(want).equals(kind(got))) found.add(at + "want " + kind(want) + ", got " + kind(got));
        else if (want instanceof Map<?, ?> wanted && got instanceof Map<?, ?> given) {
            if (!List.copyOf(wanted.keySet()).equals(List.copyOf(given.keySet())))
                found.add(at + "want members " + wanted.keySet() + ", got " + given.keySet());
            wanted.forEach((name, value) -> {
                if (given.containsKey(name)) shape(value, given.get(name), path + "/" + name, found);
            });
        } else if (want instanceof List<?> wanted && got instanceof List<?> given) {
            if (wanted.size() != given.size())
                found.add(at + "want " + wanted.size() + " items, got " + given.size());
            else
                for (int i = 0; i < wanted.size(); i++) shape(wanted.get(i), given.get(i), path + "/" + i, found);
        } else if (want instanceof String text && !text.isEmpty() && Objects.equals(got, ""))
            found.add(at + "want some text, got none");
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Boolean flag -> "boolean";
            case Number number -> "number";
            case String text -> "string";
            case List<?> list -> "list";
            default -> "object";
        };
    }

    static String shortened(String text) {
        return "\"" + (text.length() <= 300 ? text : text.substring(0, 300) + "...").replace("\n", "\\n") + "\"";
    }
}
