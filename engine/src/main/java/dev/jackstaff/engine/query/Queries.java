package dev.jackstaff.engine.query;

import dev.jackstaff.engine.document.WellFormed;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.Compatibility;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Targeting text to predicate: rules expressions and JsonLogic.
public final class Queries {
    /// An empty query is refused at load, and where it is evaluated all the same it means everybody.
    private static final Compiled EMPTY = new Compiled(
            new Constant(true),
            new Finding(0, "invalid query: " + LoadCheck.NO_QUERY,
                    "write a condition, or use the default rule for everybody"),
            List.of());

    private Queries() {}

    private record Constant(boolean answer) implements Predicate {
        @Override
        public boolean matches(EvaluationContext context, Run run) {
            return answer;
        }

        @Override
        public long stepBound(long size) {
            return 0;
        }
    }

    /// What a query is compiled against.
    ///
    /// @param enrichment   attributes of the flag set, which win over the caller's; known at compile time, so a path that
    ///                     begins in them becomes a constant
    /// @param compatibility which defects of the original are kept
    public record Setting(Map<String, @Nullable Object> enrichment, Compatibility compatibility) {}

    /// A compiled query.
    ///
    /// @param predicate what decides; for a text that is no query, one that never matches
    /// @param error     why the text is refused at load, in the words of GO Feature Flag (`invalid query: Invalid rule`,
    ///                  `invalid jsonlogic query`), or null
    /// @param findings  what looks wrong: ignored or repaired text, words that are no operators, rules touched by a
    ///                  corrected defect, and (with an error) what would be right
    public record Compiled(Predicate predicate, @Nullable Finding error, List<Finding> findings) {
        public Compiled {
            findings = List.copyOf(findings);
        }
    }

    /// Something about a query text.
    ///
    /// @param offset  index into the query text as written, in UTF-16 units, where it begins
    /// @param message what it is
    /// @param hint    what would be right, or null
    public record Finding(int offset, String message, @Nullable String hint) {}

    /// Compiles a query. Never throws for a bad text, however long, deep or strange.
    ///
    /// Cost: linear in the text. The limits (text, nesting, conditions, list items, path segments) are constants of this
    /// package; what exceeds them is an error that names the limit.
    public static Compiled compile(String text, Setting setting) {
        String wellFormed = WellFormed.text(text);
        if (wellFormed.length() > Limits.TEXT)
            return refused(new Finding(0, tooLarge(Limits.message("is longer than", Limits.TEXT, "characters")), null));
        PreparedText prepared = PreparedText.of(wellFormed);
        if (prepared.text.isEmpty()) return EMPTY;
        try {
            Json rule = JsonText.objectOrNull(prepared.text);
            if (rule != null) return JsonLogic.compile(rule, prepared, wellFormed, setting);
            Compiled compiled = RulesExpression.compile(prepared, setting);
            Finding error = compiled.error();
            boolean meantAsJson = prepared.text.stripLeading().startsWith("{");
            return error != null && meantAsJson ? withJsonHint(compiled, error, prepared) : compiled;
        } catch (LimitExceeded tooMuch) {
            return refused(new Finding(prepared.origin(tooMuch.offset), tooLarge(tooMuch.getMessage()), null));
        }
    }

    private static Compiled withJsonHint(Compiled compiled, Finding error, PreparedText prepared) {
        Finding better = new Finding(
                prepared.origin(JsonText.end(prepared.text)),
                error.message(),
                "JsonLogic is one complete JSON object, and this is none from here on");
        return new Compiled(compiled.predicate(), better, compiled.findings());
    }

    private static String tooLarge(String message) {
        return "invalid query: " + message;
    }

    private static Compiled refused(Finding error) {
        return new Compiled(new Constant(false), error, List.of());
    }
}
