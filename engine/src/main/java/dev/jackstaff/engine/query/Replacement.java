package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Replacing each `var` of a condition by its value, done to the letter on the rule itself (`solveVars` of the original).
/// Needed only where looking the values up later is not the same, see [Iterated].
final class Replacement {
    private final LogicCompiler compiler;
    private final EvaluationContext user;
    private final Run run;
    private final Frame frame;

    /// @param frame the data that give the values
    Replacement(LogicCompiler compiler, EvaluationContext user, Run run, Frame frame) {
        this.compiler = compiler;
        this.user = user;
        this.run = run;
        this.frame = frame;
    }

    Json in(Json rule) {
        Term.step(run);
        if (rule instanceof Json.Array array) {
            List<Json> items = new ArrayList<>(array.items().size());
            for (Json item : array.items()) items.add(in(item));
            return new Json.Array(array.start(), array.end(), items);
        }
        if (!(rule instanceof Json.Members object)) return rule;
        Map<String, Json> members = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (member.getKey().equals("var") && !staysVariable(member.getValue())) {
                Object value = lookUp(member.getValue());
                if (value != null) return Json.of(value, run);
                members.put("var", member.getValue());
            } else if (member.getKey().equals("var")) members.put("var", member.getValue());
            else
                members.put(member.getKey(), in(member.getValue()));
        }
        return new Json.Members(object.start(), object.end(), members);
    }

    private @Nullable Object lookUp(Json argument) {
        Object evaluated = compiler.term(argument, null).value(user, run, frame);
        return Lookup.at(compiler.attributes(), evaluated, user, run, frame);
    }

    /// `""` and paths that begin with a dot are never replaced: they mean the item.
    static boolean staysVariable(Json argument) {
        return argument instanceof Json.Scalar scalar
                && scalar.value() instanceof String path
                && (path.isEmpty() || path.startsWith("."));
    }
}
