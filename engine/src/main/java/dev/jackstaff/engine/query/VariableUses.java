package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables in a condition that are replaced by values before a list is gone through. Immutable.
final class VariableUses {
    static final VariableUses NONE = new VariableUses(List.of(), false);

    private static final Set<String> OVER_LISTS = Set.of("filter", "map", "reduce", "all", "none", "some");
    private static final Set<String> WITH_OPERATION = Set.of("reduce", "all", "none", "some");
    private static final Set<String> LAZY = Set.of("and", "or", "if", "?:");

    /// @param listOnly whether it makes a difference if the value is no list
    private record Use(VariablePath path, boolean listOnly) {}

    private final List<Use> uses;
    private final boolean needReplacing;

    private VariableUses(List<Use> uses, boolean needReplacing) {
        this.uses = uses;
        this.needReplacing = needReplacing;
    }

    /// @param mustBeOperation whether the condition aborts when it is no operation any more
    static VariableUses in(Json condition, boolean mustBeOperation, Attributes attributes) {
        Search search = new Search(attributes);
        search.in(condition, mustBeOperation ? Place.FORM : Place.ARGUMENT);
        return new VariableUses(search.uses, search.needReplacing);
    }

    boolean areNone() {
        return uses.isEmpty() && !needReplacing;
    }

    /// Whether a variable has a value in `frame` that would not be the same as a rule.
    boolean areRulesIn(EvaluationContext user, Run run, Frame frame) {
        if (needReplacing) return true;
        for (Use use : uses) {
            Term.step(run);
            Object value = use.path.in(user, frame);
            if (value == null) continue;
            boolean otherwiseSeen = use.listOnly && !(value instanceof List);
            if (otherwiseSeen || Iterated.holdsObject(value, run)) return true;
        }
        return false;
    }

    /// What a variable's value becomes a part of.
    private enum Place {
        /// Something that is evaluated.
        ARGUMENT,
        /// The list that an operator goes through.
        SUBJECT,
        /// A part that must be an operation, or a list, as it stands.
        FORM,
        /// A literal; so is everything in it.
        LITERAL
    }

    private static final class Search {
        private final Attributes attributes;
        private final List<Use> uses = new ArrayList<>();
        private boolean needReplacing;

        Search(Attributes attributes) {
            this.attributes = attributes;
        }

        void in(Json rule, Place place) {
            if (rule instanceof Json.Array array) {
                Place inside = place == Place.ARGUMENT ? Place.ARGUMENT : Place.LITERAL;
                for (Json item : array.items()) in(item, inside);
            } else if (rule instanceof Json.Members object) object(object, place);
        }

        private void object(Json.Members object, Place place) {
            Json argument = object.members().get("var");
            Map.Entry<String, Json> operation = object.operation();
            if (argument != null) variable(object, argument, place);
            else if (operation == null || place == Place.LITERAL)
                for (Json member : object.members().values()) in(member, Place.LITERAL);
            else operation(operation.getKey(), operation.getValue());
        }

        private void operation(String operator, Json argument) {
            boolean lazy = LAZY.contains(operator) || OVER_LISTS.contains(operator);
            if (argument instanceof Json.Array arguments)
                for (int i = 0; i < arguments.items().size(); i++) in(arguments.items().get(i), placeOf(operator, i));
            else in(argument, lazy ? Place.FORM : Place.ARGUMENT);
        }

        private static Place placeOf(String operator, int argument) {
            if (!OVER_LISTS.contains(operator)) return Place.ARGUMENT;
            if (argument == 0) return Place.SUBJECT;
            return argument == 1 && WITH_OPERATION.contains(operator) ? Place.FORM : Place.ARGUMENT;
        }

        private void variable(Json.Members object, Json argument, Place place) {
            if (Replacement.staysVariable(argument)) return;
            String path = path(argument);
            boolean evaluated = place == Place.ARGUMENT || place == Place.SUBJECT;
            if (path == null || object.members().size() > 1 || !evaluated) needReplacing = true;
            else uses.add(new Use(new VariablePath(path, attributes), place == Place.SUBJECT));
        }

        /// The path that `argument` is sure to stand for, or null.
        private static @Nullable String path(Json argument) {
            if (argument instanceof Json.Scalar scalar) {
                if (scalar.value() instanceof String path) return path;
                return scalar.value() instanceof Double number ? GoFloat.format(number) : null;
            }
            if (!(argument instanceof Json.Array array) || array.items().isEmpty() || array.items().size() > 2) return null;
            for (Json item : array.items()) if (!(item instanceof Json.Scalar)) return null;
            return array.items().get(0).value() instanceof String path ? path : null;
        }
    }
}
