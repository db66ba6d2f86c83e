package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From JsonLogic rules to terms: when a query is compiled, and again for values that the original evaluates as rules.
/// Immutable and thread-safe but for its findings.
final class LogicCompiler {
    private final Attributes attributes;
    private final @Nullable Findings findings;
    private final @Nullable String noted;

    /// @param findings where operations that can only abort are reported, or null
    /// @param noted    the query's text when every operator is to note what it does, or null
    LogicCompiler(Attributes attributes, @Nullable Findings findings, @Nullable String noted) {
        this.attributes = attributes;
        this.findings = findings;
        this.noted = noted;
    }

    Attributes attributes() {
        return attributes;
    }

    /// The term for a rule. A list is the list of its terms' values; an object is an operation when it has one member,
    /// else a literal.
    ///
    /// @param nesting what the rule stands in
    Term term(Json rule, @Nullable Nesting nesting) {
        if (rule instanceof Json.Array array) return ListTerm.of(terms(array, nesting));
        Map.Entry<String, Json> operation = rule instanceof Json.Members object ? object.operation() : null;
        if (operation == null) return new Constant(rule.value());
        Term term = operation(operation.getKey(), operation.getValue(), nesting);
        if (term instanceof Impossible impossible && findings != null && impossible.why() != Aborted.Reason.UNKNOWN)
            findings.add(rule.start(), "this operation aborts, so the rule never matches: " + impossible.why(),
                    null);
        if (noted == null || rule.end() == 0 || operation.getKey().equals("var")) return term;
        return new Noted(term, silent(operation), noted.substring(rule.start(), rule.end()));
    }

    /// The arguments for a note. Those of an operator that takes its arguments as they stand have no value of their own.
    private @Nullable Term silent(Map.Entry<String, Json> operation) {
        boolean eager = Operators.eager(operation.getKey(), this) != null;
        return eager ? new LogicCompiler(attributes, null, null).term(operation.getValue(), null) : null;
    }

    private Term[] terms(Json.Array array, @Nullable Nesting nesting) {
        Term[] terms = new Term[array.items().size()];
        for (int i = 0; i < terms.length; i++) terms[i] = term(array.items().get(i), nesting);
        return terms;
    }

    private Term operation(String operator, Json argument, @Nullable Nesting nesting) {
        if (operator.equals("var")) return variable(argument, nesting);
        Operator eager = Operators.eager(operator, this);
        if (eager == null) return lazy(operator, argument, nesting);
        if (argument instanceof Json.Array array) return eager.of(terms(array, nesting));
        Term single = term(argument, nesting);
        return single instanceof Constant constant ? ofConstant(eager, constant) : eager.ofEither(single);
    }

    private static Term ofConstant(Operator operator, Constant constant) {
        return constant.value() instanceof List<?> list ? operator.of(Constant.all(list)) : operator.of(constant);
    }

    private Term variable(Json argument, @Nullable Nesting nesting) {
        int[] scopes = Replacement.staysVariable(argument) ? new int[]{0} : Nesting.scopes(nesting);
        if (argument instanceof Json.Scalar scalar) {
            if (scalar.value() instanceof String path) return variable(path, Constant.NULL, scopes);
            if (scalar.value() instanceof Double number)
                return variable(GoFloat.format(number), Constant.NULL, scopes);
        }
        if (argument instanceof Json.Array array && !array.items().isEmpty()) {
            if (array.items().get(0) instanceof Json.Scalar scalar && scalar.value() instanceof String path) {
                Term otherwise = array.items().size() == 2 ? term(array.items().get(1), null) : Constant.NULL;
                if (array.items().size() <= 2) return variable(path, otherwise, scopes);
            } else if (array.items().get(0) instanceof Json.Scalar) return new Impossible(Aborted.Reason.NO_PATH);
        }
        return new Lookup(attributes, term(argument, null));
    }

    private Variable variable(String name, Term otherwise, int[] scopes) {
        return new Variable(new VariablePath(name, attributes), otherwise, scopes);
    }

    private Term lazy(String operator, Json argument, @Nullable Nesting nesting) {
        if (!Operators.has(operator)) return new Impossible(Aborted.Reason.UNKNOWN);
        if (!(argument instanceof Json.Array array)) return new Impossible(Aborted.Reason.NO_LIST);
        List<Json> arguments = array.items();
        return switch (operator) {
            case "and", "or" -> new Deciding(terms(array, nesting), operator.equals("or"));
            case "if", "?:" -> new Conditional(this, terms(array, nesting));
            case "filter", "map" -> {
                if (arguments.size() < 2) yield new Constant(List.of());
                boolean filter = operator.equals("filter");
                Iterated rule = new Iterated(this, arguments.get(1), nesting, filter, false);
                Term subject = subject(arguments.get(0), nesting);
                yield filter ? new Filter(subject, rule) : new Mapping(subject, rule);
            }
            case "reduce" -> reduction(arguments, nesting);
            case "all" -> quantified(Quantified.Kind.ALL, arguments, nesting);
            case "some" -> quantified(Quantified.Kind.SOME, arguments, nesting);
            default -> quantified(Quantified.Kind.NONE, arguments, nesting);
        };
    }

    private Term quantified(Quantified.Kind kind, List<Json> arguments, @Nullable Nesting nesting) {
        if (arguments.isEmpty()) return new Impossible(Aborted.Reason.TOO_FEW);
        Iterated condition =
                arguments.size() < 2 ? null : new Iterated(this, arguments.get(1), nesting, true, true);
        return new Quantified(kind, subject(arguments.get(0), nesting), condition);
    }

    private Term reduction(List<Json> arguments, @Nullable Nesting nesting) {
        if (arguments.size() < 3) return new Constant(0.0);
        Json initial = arguments.get(2);
        Term first = initial instanceof Json.Array ? new Impossible(Aborted.Reason.NO_INITIAL) : term(initial, nesting);
        Iterated rule = new Iterated(this, arguments.get(1), nesting, false, true);
        return new Reduction(subject(arguments.get(0), nesting), rule, first);
    }

    /// What an operator goes through: a list as it stands, or what an operation gives; anything else is nothing.
    private Term subject(Json subject, @Nullable Nesting nesting) {
        if (subject instanceof Json.Array) return new Constant(subject.value());
        return subject instanceof Json.Members ? term(subject, nesting) : Constant.NULL;
    }

    /// The value of `value` taken as a rule.
    @Nullable
    Object repeated(@Nullable Object value, EvaluationContext user, Run run, Frame frame) {
        if (value instanceof Values.StrangeZero) throw new Aborted(Aborted.Reason.NO_LIST);
        boolean literal = value instanceof Map<?, ?> map && map.size() != 1;
        if (literal || !Iterated.holdsObject(value, run)) return value;
        Json rule = Json.of(value, run);
        Frame deeper = frame.deeper(rule.levels());
        return new LogicCompiler(attributes, null, null).term(rule, null).value(user, run, deeper);
    }
}
