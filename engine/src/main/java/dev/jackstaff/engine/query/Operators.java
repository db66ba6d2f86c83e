package dev.jackstaff.engine.query;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The operators of JsonLogic by name.
final class Operators {
    /// Evaluated with their arguments as they stand in the rule.
    private static final Set<String> LAZY =
            Set.of("and", "or", "if", "?:", "filter", "map", "reduce", "all", "none", "some", "var");

    private static final Map<String, Operator> EAGER = Map.ofEntries(
            Map.entry("==", Equality.operator(false, false)),
            Map.entry("!=", Equality.operator(false, true)),
            Map.entry("===", Equality.operator(true, false)),
            Map.entry("!==", Equality.operator(true, true)),
            Map.entry("<", Ordering.operator(false, false)),
            Map.entry("<=", Ordering.operator(false, true)),
            Map.entry(">", Ordering.operator(true, false)),
            Map.entry(">=", Ordering.operator(true, true)),
            Map.entry("!", Negation.operator(false)),
            Map.entry("!!", Negation.operator(true)),
            Map.entry("in", Membership.OPERATOR),
            Map.entry("+", Arithmetic.Kind.SUM.operator()),
            Map.entry("-", Arithmetic.Kind.DIFFERENCE.operator()),
            Map.entry("*", Arithmetic.Kind.PRODUCT.operator()),
            Map.entry("/", Arithmetic.Kind.QUOTIENT.operator()),
            Map.entry("%", Arithmetic.Kind.REMAINDER.operator()),
            Map.entry("max", Arithmetic.Kind.LARGEST.operator()),
            Map.entry("min", Arithmetic.Kind.SMALLEST.operator()),
            Map.entry("abs", Arithmetic.Kind.MAGNITUDE.operator()),
            Map.entry("cat", Concatenation.OPERATOR),
            Map.entry("substr", Substring.OPERATOR),
            Map.entry("merge", Merge.OPERATOR),
            Map.entry("contains_all", Containment.Kind.ALL.operator()),
            Map.entry("contains_any", Containment.Kind.ANY.operator()),
            Map.entry("contains_none", Containment.Kind.NONE.operator()));

    /// Operators that can make a number, and so one without a JSON form.
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "max", "min", "abs", "reduce");

    private static final Map<String, String> MEANT = new HashMap<>(Map.of(
            "equals", "==",
            "eq", "==",
            "not", "!",
            "contains", "in",
            "ends_with", "substr",
            "endswith", "substr",
            "starts_with", "substr",
            "startswith", "substr",
            "any", "some",
            "else", "if"));

    private Operators() {}

    static @Nullable Operator eager(String name, LogicCompiler compiler) {
        return switch (name) {
            case "missing" -> Missing.all(compiler);
            case "missing_some" -> Missing.some(compiler);
            case "set" -> Property.operator(compiler);
            default -> EAGER.get(name);
        };
    }

    static boolean has(String name) {
        return LAZY.contains(name)
                || EAGER.containsKey(name)
                || name.equals("missing")
                || name.equals("missing_some")
                || name.equals("set");
    }

    static boolean makesNumbers(String name) {
        return ARITHMETIC.contains(name);
    }

    /// What to write instead of an operator that does not exist.
    static String instead(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String meant = has(lower) ? lower : MEANT.get(lower);
        if (meant == null) for (String known : names()) if (meant == null && isOneEditAway(lower, known)) meant = known;
        return meant == null
                ? "operators are " + String.join(" ", names())
                : "did you mean " + Findings.quoted(meant) + "?";
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(LAZY);
        names.addAll(EAGER.keySet());
        names.addAll(Set.of("missing", "missing_some", "set"));
        return names;
    }

    /// One letter more, less or other, or two neighbours swapped.
    private static boolean isOneEditAway(String word, String known) {
        if (Math.abs(word.length() - known.length()) > 1 || known.length() < 3) return false;
        int same = 0;
        while (same < Math.min(word.length(), known.length()) && word.charAt(same) == known.charAt(same)) same++;
        String rest = word.substring(same), wanted = known.substring(same);
        boolean swapped = rest.length() > 1
                && wanted.length() > 1
                && rest.charAt(0) == wanted.charAt(1)
                && rest.charAt(1) == wanted.charAt(0)
                && rest.substring(2).equals(wanted.substring(2));
        return swapped || tail(rest).equals(tail(wanted)) || tail(rest).equals(wanted) || rest.equals(tail(wanted));
    }

    private static String tail(String text) {
        return text.isEmpty() ? text : text.substring(1);
    }
}
