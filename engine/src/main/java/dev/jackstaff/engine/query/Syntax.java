package dev.jackstaff.engine.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rules expression as it was read, repairs included. Immutable.
sealed interface Syntax {

    /// Where it begins in the prepared text.
    int start();

    /// What the original's load-time check sees: the verdict on a context without any attribute, faults noted in `check`.
    int onEmptyContext(LoadCheck check);

    Condition compile(RulesCompiler compiler);

    /// Operands joined by `and` and `or`, which bind equally and from the left.
    ///
    /// @param joints one fewer than operands; each [TokenKind#JOINT]
    record Chain(List<Syntax> operands, List<Token> joints) implements Syntax {
        @Override
        public int start() {
            return operands.get(0).start();
        }

        @Override
        public int onEmptyContext(LoadCheck check) {
            int verdict = operands.get(0).onEmptyContext(check);
            for (int i = 1; i < operands.size(); i++) {
                int decided = isOr(i) ? Condition.YES : Condition.NO;
                if (verdict == Condition.ABORT) return verdict;
                if (verdict != decided) verdict = operands.get(i).onEmptyContext(check);
            }
            return verdict;
        }

        @Override
        public Condition compile(RulesCompiler compiler) {
            Condition[] conditions = new Condition[operands.size()];
            boolean[] or = new boolean[operands.size()];
            for (int i = 0; i < conditions.length; i++) {
                conditions[i] = operands.get(i).compile(compiler);
                or[i] = i > 0 && isOr(i);
            }
            return Joined.of(conditions, or);
        }

        /// Whether the operand at `index` is joined to those before it by `or`.
        boolean isOr(int index) {
            return joints.get(index - 1).text().equals("or");
        }
    }

    /// `(…)` or `not (…)`.
    record Group(int start, boolean negated, Syntax inner) implements Syntax {
        @Override
        public int onEmptyContext(LoadCheck check) {
            return negated ? Condition.not(inner.onEmptyContext(check)) : inner.onEmptyContext(check);
        }

        @Override
        public Condition compile(RulesCompiler compiler) {
            Condition condition = inner.compile(compiler);
            return negated ? new Not(condition) : condition;
        }
    }

    /// `path pr`.
    record Presence(Path path) implements Syntax {
        @Override
        public int start() {
            return path.start();
        }

        @Override
        public int onEmptyContext(LoadCheck check) {
            return Condition.NO;
        }

        @Override
        public Condition compile(RulesCompiler compiler) {
            return new Comparison(compiler.operand(path), Criterion.Presence.PRESENT, path + " pr");
        }
    }

    /// `path op literal`.
    ///
    /// @param end where it ends in the prepared text
    record Compare(Path path, Token operator, Literal literal, int end) implements Syntax {
        @Override
        public int start() {
            return path.start();
        }

        @Override
        public int onEmptyContext(LoadCheck check) {
            if (literal instanceof Literal.Unreadable) return check.crash(operator.end(), literal.whatWouldBeRight());
            if (literal instanceof Literal.NoNumber bad) check.fail(bad.start(), bad.error(), bad.whatWouldBeRight());
            if (check.hasFailed()) return Condition.NO;
            Criterion criterion = literal.test(operator.kind());
            if (criterion == null) return check.fail(operator.start(), LoadCheck.UNDEFINED, literal.whatWouldBeRight());
            return criterion.holds(null, Run.UNMETERED) ? Condition.YES : Condition.NO;
        }

        @Override
        public Condition compile(RulesCompiler compiler) {
            String expression = compiler.written(start(), end);
            Operand operand = compiler.operand(path);
            Criterion criterion = literal.test(operator.kind());
            if (criterion != null) return new Comparison(operand, criterion, expression);
            return new Unanswerable(expression, literal.whatWouldBeRight());
        }
    }

    /// Where nothing that could be evaluated was found.
    record Broken(int start, String whatWouldBeRight) implements Syntax {
        @Override
        public int onEmptyContext(LoadCheck check) {
            return check.crash(start, whatWouldBeRight);
        }

        @Override
        public Condition compile(RulesCompiler compiler) {
            return new Unanswerable("", whatWouldBeRight);
        }
    }

    /// `name` or `name.name`.
    record Path(int start, List<String> names) {
        public Path {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return String.join(".", names);
        }
    }

    /// The paths looked up, in the order of evaluation.
    default List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        collectPaths(this, paths);
        return paths;
    }

    private static void collectPaths(@Nullable Syntax syntax, List<Path> paths) {
        if (syntax instanceof Presence presence) paths.add(presence.path());
        else if (syntax instanceof Compare compare) paths.add(compare.path());
        else if (syntax instanceof Group group) collectPaths(group.inner(), paths);
        else if (syntax instanceof Chain chain) for (Syntax operand : chain.operands()) collectPaths(operand, paths);
    }
}
