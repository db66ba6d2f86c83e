package dev.jackstaff.engine.query;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The right-hand side of a comparison in a rules expression. Immutable.
sealed interface Literal {

    /// What `operator` asks of the left-hand side with this literal on the right, or null where the operator is not
    /// defined for its type: evaluation that comes to it has no answer.
    @Nullable
    Criterion test(TokenKind operator);

    /// Which operators go with this literal, for people.
    String whatWouldBeRight();

    /// The strings in it.
    default List<String> texts() {
        return List.of();
    }

    String COMPARING = "eq, ne, gt, lt, ge and le";

    /// `"text"`: the characters between the quotes, escapes not decoded.
    record Text(String text) implements Literal {
        @Override
        public List<String> texts() {
            return List.of(text);
        }

        @Override
        public Criterion test(TokenKind operator) {
            if (operator == TokenKind.IN)
                return new Criterion.Never("\"in\" asks for a list, such as in [\"a\", \"b\"]");
            return new Criterion.Text(operator, new FoldedText(text));
        }

        @Override
        public String whatWouldBeRight() {
            return "with a string write " + COMPARING + ", co, sw or ew";
        }
    }

    /// `["a","b"]`
    record Texts(List<String> texts) implements Literal {
        @Override
        public Criterion test(TokenKind operator) {
            return operator == TokenKind.IN ? new Criterion.TextIn(new HashSet<>(texts)) : NO_LIST;
        }

        @Override
        public String whatWouldBeRight() {
            return IN_ONLY;
        }
    }

    /// `42`, `-3`
    record Whole(long number) implements Literal {
        @Override
        public @Nullable Criterion test(TokenKind operator) {
            if (operator == TokenKind.IN) return NO_SCALAR;
            return Relation.isOne(operator) ? new Criterion.Whole(Relation.of(operator), number) : null;
        }

        @Override
        public String whatWouldBeRight() {
            return "with a number write " + COMPARING;
        }
    }

    /// `[1,2]`
    record Wholes(Set<Long> numbers) implements Literal {
        @Override
        public @Nullable Criterion test(TokenKind operator) {
            if (operator == TokenKind.IN) return new Criterion.WholeIn(numbers);
            return Relation.isOne(operator) ? NO_LIST : null;
        }

        @Override
        public String whatWouldBeRight() {
            return IN_ONLY;
        }
    }

    /// `4.2`; NaN stands for one that is too large to be a number.
    record Decimal(double number) implements Literal {
        @Override
        public @Nullable Criterion test(TokenKind operator) {
            if (operator == TokenKind.IN) return NO_SCALAR;
            if (!Relation.isOne(operator)) return null;
            if (Double.isNaN(number)) return new Criterion.Never("the number in the query is too large");
            return new Criterion.Decimal(Relation.of(operator), number);
        }

        @Override
        public String whatWouldBeRight() {
            return "with a number write " + COMPARING;
        }
    }

    /// `[1.0,2.5]`
    record Decimals(DoubleSet numbers) implements Literal {
        @Override
        public @Nullable Criterion test(TokenKind operator) {
            if (operator == TokenKind.IN) return new Criterion.DecimalIn(numbers);
            return Relation.isOne(operator) ? NO_LIST : null;
        }

        @Override
        public String whatWouldBeRight() {
            return IN_ONLY;
        }
    }

    /// `1.2.3`
    record Version(String text) implements Literal {
        @Override
        public @Nullable Criterion test(TokenKind operator) {
            if (!Relation.isOne(operator)) return null;
            SemVer version = SemVer.parse(text);
            if (version == null) return new Criterion.Never("the version in the query has a number that is too large");
            return new Criterion.Version(Relation.of(operator), version);
        }

        @Override
        public String whatWouldBeRight() {
            return "with a version write " + COMPARING;
        }
    }

    /// `true`, `false`
    record Truth(boolean value) implements Literal {
        @Override
        public @Nullable Criterion test(TokenKind operator) {
            if (operator != TokenKind.EQ && operator != TokenKind.NE) return null;
            return new Criterion.Truth(value, operator == TokenKind.EQ);
        }

        @Override
        public String whatWouldBeRight() {
            return "with true or false write eq or ne";
        }
    }

    /// `null`
    enum Nothing implements Literal {
        NULL;

        @Override
        public @Nullable Criterion test(TokenKind operator) {
            if (operator != TokenKind.EQ && operator != TokenKind.NE) return null;
            return new Criterion.Nullity(operator == TokenKind.EQ);
        }

        @Override
        public String whatWouldBeRight() {
            return "with null write eq or ne";
        }
    }

    /// Digits that are no 64-bit integer.
    ///
    /// @param error what Go says
    record NoNumber(int start, String error) implements Literal {
        @Override
        public @Nullable Criterion test(TokenKind operator) {
            return null;
        }

        @Override
        public String whatWouldBeRight() {
            return "write a whole number of 64 bits without exponent, or one with a fraction such as 1.0e3";
        }
    }

    /// Something that is no value.
    enum Unreadable implements Literal {
        UNREADABLE;

        @Override
        public @Nullable Criterion test(TokenKind operator) {
            return null;
        }

        @Override
        public String whatWouldBeRight() {
            return "after the operator and one space write a \"string\", a number, a version, true, false, null,"
                    + " or a list of one kind such as [\"a\",\"b\"]";
        }
    }

    Criterion NO_LIST = new Criterion.Never("only \"in\" compares with a list");
    Criterion NO_SCALAR = new Criterion.Never("\"in\" asks for a list, such as in [1, 2]");
    String IN_ONLY = "with a list write in";
}
