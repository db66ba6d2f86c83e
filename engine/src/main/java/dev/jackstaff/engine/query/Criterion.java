package dev.jackstaff.engine.query;

import dev.jackstaff.engine.document.Rfc3339;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a comparison asks of its left-hand side. A missing value and one of another kind fail every test, those for
/// inequality too; only [Nullity] looks at missing ones. Immutable; testing allocates nothing.
sealed interface Criterion {

    boolean holds(@Nullable Object left, Run run);

    /// An upper bound of the steps a test takes beyond the lookup, on a context of `size`.
    default long steps(long size) {
        return 0;
    }

    /// What a reader of a trace should know about testing `left`, or null.
    default @Nullable String remark(@Nullable Object left) {
        return left == null ? "attribute is missing" : null;
    }

    private static @Nullable String remark(@Nullable Object left, boolean comparable, String wanted) {
        if (left == null) return "attribute is missing";
        return comparable ? null : "attribute is " + kind(left) + ", which " + wanted;
    }

    private static String kind(Object value) {
        if (value instanceof String) return "a string";
        if (value instanceof Boolean) return "a boolean";
        if (value instanceof Long || value instanceof Double) return "a number";
        if (value instanceof List) return "a list";
        return value instanceof Map ? "an object" : "a date";
    }

    /// `pr`
    enum Presence implements Criterion {
        PRESENT;

        @Override
        public boolean holds(@Nullable Object left, Run run) {
            return left != null;
        }
    }

    /// `eq null`, `ne null`
    record Nullity(boolean wanted) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            return (left == null) == wanted;
        }
    }

    /// A comparison that no value passes, such as `in` with a single number.
    record Never(String why) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            return false;
        }

        @Override
        public String remark(@Nullable Object left) {
            return why;
        }
    }

    /// `eq true`, `ne false`
    record Truth(boolean literal, boolean equal) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            return left instanceof Boolean bool && (bool == literal) == equal;
        }

        @Override
        public @Nullable String remark(@Nullable Object left) {
            return Criterion.remark(left, left instanceof Boolean, "never compares with true or false");
        }
    }

    /// A whole number. A fraction on the left is cut off first: 42.9 `eq 42` holds.
    record Whole(Relation relation, long literal) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            if (left instanceof Long number) return relation.holds(Long.compare(number, literal));
            return left instanceof Double number && relation.holds(Long.compare((long) (double) number, literal));
        }

        @Override
        public @Nullable String remark(@Nullable Object left) {
            if (left instanceof Double number && number != (long) (double) number)
                return "number has a fraction, cut to " + (long) (double) number;
            return Criterion.remark(left, left instanceof Number, "never compares with a number");
        }
    }

    /// A list of whole numbers; a floating-point number is in none, and numbers inside objects are floating-point.
    record WholeIn(Set<Long> literals) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            return left instanceof Long && literals.contains(left);
        }

        @Override
        public @Nullable String remark(@Nullable Object left) {
            if (left instanceof Double)
                return "a floating-point number is in no list of whole numbers; write 1.0 for 1";
            return Criterion.remark(left, left instanceof Long, "is in no list of numbers");
        }
    }

    /// A number with a fraction.
    record Decimal(Relation relation, double literal) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            if (left instanceof Double number) return relation.holds(number, literal);
            return left instanceof Long number && relation.holds((double) number, literal);
        }

        @Override
        public @Nullable String remark(@Nullable Object left) {
            return Criterion.remark(left, left instanceof Number, "never compares with a number");
        }
    }

    /// A list of numbers with fractions.
    record DecimalIn(DoubleSet literals) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            if (left instanceof Double number) return literals.contains(number);
            return left instanceof Long number && literals.contains((double) number);
        }

        @Override
        public @Nullable String remark(@Nullable Object left) {
            return Criterion.remark(left, left instanceof Number, "is in no list of numbers");
        }
    }

    /// A version.
    record Version(Relation relation, SemVer literal) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            if (!(left instanceof String text) || !run.spend(text.length())) return false;
            int order = literal.compareFrom(text);
            return order != SemVer.NO_VERSION && relation.holds(order);
        }

        @Override
        public long steps(long size) {
            return size;
        }

        @Override
        public @Nullable String remark(@Nullable Object left) {
            if (left instanceof String text && literal.compareFrom(text) == SemVer.NO_VERSION)
                return "attribute is no SemVer version, such as 1.2.3";
            return Criterion.remark(left, left instanceof String, "never compares with a version");
        }
    }

    /// A text, regardless of case. A date counts as its RFC 3339 text.
    record Text(TokenKind operator, FoldedText literal) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            if (left instanceof String text) return holds(text, run);
            return left instanceof OffsetDateTime date && holds(Rfc3339.format(date), run);
        }

        private boolean holds(String text, Run run) {
            if (!run.spend(text.length())) return false;
            return switch (operator) {
                case EQ -> literal.isEqualTo(text);
                case NE -> !literal.isEqualTo(text);
                case CO -> literal.isIn(text);
                case SW -> literal.isPrefixOf(text);
                case EW -> literal.isSuffixOf(text);
                default -> Relation.of(operator).holds(literal.compareFrom(text));
            };
        }

        @Override
        public long steps(long size) {
            return Steps.sum(size, 64);
        }

        @Override
        public @Nullable String remark(@Nullable Object left) {
            boolean comparable = left instanceof String || left instanceof OffsetDateTime;
            return Criterion.remark(left, comparable, "never compares with a string");
        }
    }

    /// A list of texts, in exactly this case.
    record TextIn(Set<String> literals) implements Criterion {
        @Override
        public boolean holds(@Nullable Object left, Run run) {
            return left instanceof String text && run.spend(text.length()) && literals.contains(text);
        }

        @Override
        public long steps(long size) {
            return size;
        }

        @Override
        public @Nullable String remark(@Nullable Object left) {
            return Criterion.remark(left, left instanceof String, "is in no list of strings");
        }
    }
}
