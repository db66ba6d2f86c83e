package dev.jackstaff.engine.query;

import dev.jackstaff.engine.query.Queries.Finding;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The load-time check of a JsonLogic rule (`IsValid` of the original's library), and remarks on rules that pass it but
/// perhaps do not what their author meant.
final class LogicReview {
    private static final String INVALID = "invalid jsonlogic query";

    private final Findings findings;
    private int operations;
    private boolean makesNumbers;
    private @Nullable Finding error;

    LogicReview(Findings findings) {
        this.findings = findings;
    }

    /// Why the rule is refused, or null.
    @Nullable
    Finding error(Json rule) {
        count(rule);
        literals(rule);
        check(rule);
        return error;
    }

    /// Whether an operator of the rule makes numbers.
    boolean makesNumbers() {
        return makesNumbers;
    }

    private void count(Json rule) {
        if (rule instanceof Json.Array array) for (Json item : array.items()) count(item);
        if (!(rule instanceof Json.Members object)) return;
        Map.Entry<String, Json> operation = object.operation();
        if (operation != null) {
            makesNumbers |= Operators.makesNumbers(operation.getKey());
            if (++operations > Limits.CONDITIONS)
                throw new LimitExceeded(rule.start(), Limits.message("has more than", Limits.CONDITIONS, "operators"));
        }
        Json path = object.members().get("var");
        if (path != null) measure(path);
        for (Json member : object.members().values()) count(member);
    }

    private static void measure(Json path) {
        Json first = path instanceof Json.Array array && !array.items().isEmpty() ? array.items().get(0) : path;
        boolean tooLong = first instanceof Json.Scalar scalar
                && scalar.value() instanceof String text
                && VariablePath.parts(text).length > Limits.PATH_SEGMENTS;
        if (tooLong)
            throw new LimitExceeded(
                    path.start(),
                    Limits.message("has a path of more than", Limits.PATH_SEGMENTS, "names"));
    }

    private void literals(Json rule) {
        if (rule instanceof Json.Array array) for (Json item : array.items()) literals(item);
        if (!(rule instanceof Json.Members object)) return;
        Map.Entry<String, Json> operation = object.operation();
        if (operation != null) literals(operation.getValue());
        else if (object.members().size() > 1)
            findings.add(
                    rule.start(),
                    "an object with several members is a value, not an operation: nothing in it is evaluated",
                    "write {\"and\": [{...}, {...}]}");
    }

    private void check(Json rule) {
        if (error != null) return;
        if (rule instanceof Json.Scalar scalar) {
            if (scalar.isNull()) refuse(rule, "null is no rule");
        } else if (rule instanceof Json.Array array) {
            for (Json item : array.items()) if (!(item instanceof Json.Scalar)) check(item);
        } else if (rule instanceof Json.Members object && !isVariable(object)) {
            Map.Entry<String, Json> operation = object.operation();
            if (object.members().isEmpty()) refuse(rule, "an empty object is no rule; write an operation");
            else if (operation != null && !Operators.has(operation.getKey()))
                refuse(rule, Findings.quoted(operation.getKey()) + " is no operator; "
                        + Operators.instead(operation.getKey()));
            else if (operation != null) check(operation.getValue());
        }
    }

    private static boolean isVariable(Json.Members object) {
        return object.members().get("var") instanceof Json.Scalar path && !(path.value() instanceof Boolean);
    }

    private void refuse(Json where, String hint) {
        error = findings.at(where.start(), INVALID, hint);
    }

    /// For a text that is JSON only once its lines are joined.
    Finding brokenLine() {
        return findings.at(0, INVALID, "a line ends within a string or a number; keep them on one line");
    }
}
