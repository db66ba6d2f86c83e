package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value that stands in the rule, or is known when it is compiled.
final class Constant implements Term {
    static final Constant NULL = new Constant(null);

    private final @Nullable Object value;
    private final boolean numeric;
    private final double number;
    private final boolean truthy;
    private final long width;

    Constant(@Nullable Object value) {
        this.value = value;
        this.numeric = Values.isNumber(value);
        this.number = numeric ? Values.arithmetic(value) : 0;
        this.truthy = Values.truthy(value);
        this.width = width(value);
    }

    private static long width(@Nullable Object value) {
        if (value instanceof String text) return text.length() + 1L;
        long width = 1;
        if (value instanceof List<?> list) for (Object item : list) width += width(item);
        if (value instanceof Map<?, ?> map) for (Object member : map.values()) width += width(member);
        return width;
    }

    static Term[] all(List<?> values) {
        Term[] terms = new Term[values.size()];
        for (int i = 0; i < terms.length; i++) terms[i] = new Constant(Values.of(values.get(i)));
        return terms;
    }

    static boolean areAll(Term[] terms) {
        for (Term term : terms) if (!(term instanceof Constant)) return false;
        return true;
    }

    static List<@Nullable Object> values(Term[] terms) {
        List<@Nullable Object> values = new ArrayList<>(terms.length);
        for (Term term : terms) values.add(((Constant) term).value);
        return Collections.unmodifiableList(values);
    }

    @Nullable
    Object value() {
        return value;
    }

    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        return value;
    }

    @Override
    public double number(EvaluationContext user, Run run, Frame frame) {
        return numeric ? number : Values.arithmetic(value);
    }

    @Override
    public boolean truthy(EvaluationContext user, Run run, Frame frame) {
        return truthy;
    }

    @Override
    public boolean isNumeric() {
        return numeric;
    }

    @Override
    public boolean canBeRule() {
        return Term.isRule(value);
    }

    @Override
    public long steps(long size) {
        return 0;
    }

    @Override
    public long width(long size) {
        return width;
    }
}
