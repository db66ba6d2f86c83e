package dev.jackstaff.cli;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.Trace;
import java.util.List;
import java.util.Locale;

/// An explanation as a tree of lines for people.
final class TraceText {
    private final StringBuilder lines = new StringBuilder();

    private TraceText() {}

    /// The whole text, a line break at its end.
    static String of(Trace trace) {
        TraceText text = new TraceText();
        Evaluation evaluation = trace.evaluation();
        text.line(0, trace.flagKey() + " = " + Answers.line(evaluation));
        text.line(1, "clock: " + trace.now() + (trace.nowFromContext() ? " (from the context)" : ""));
        Trace.StepInForce step = trace.scheduledStep();
        if (step != null)
            text.line(1, "scheduled rollout: step " + step.number() + " of " + step.of() + " in force since "
                    + step.since());
        text.line(1, "bucketing key: " + (trace.bucketingKey() == null ? "none" : Answers.value(trace.bucketingKey())));
        if (trace.gate() != null) text.line(1, "the rules were not looked at: " + trace.gate());
        for (Trace.RuleStep rule : trace.rules()) text.rule(rule);
        if (!evaluation.metadata().isEmpty()) text.line(1, "metadata: " + Answers.value(evaluation.metadata()));
        return text.lines.toString();
    }

    private void rule(Trace.RuleStep rule) {
        line(1, name(rule) + ": " + outcome(rule));
        if (rule.query() != null) line(2, "query: " + rule.query().strip().replaceAll("\\s*\\R\\s*", " "));
        for (Trace.Comparison comparison : rule.comparisons()) line(3, comparison(comparison));
        if (rule.assignment() != null) assignment(rule.assignment());
    }

    private static String name(Trace.RuleStep rule) {
        String name = rule.name() == null || rule.name().isEmpty() ? "" : " \"" + rule.name() + "\"";
        return rule.index() < 0 ? "default rule" : "rule " + (rule.index() + 1) + name;
    }

    private static String outcome(Trace.RuleStep rule) {
        if (rule.disabled() && !rule.matched()) return "disabled";
        if (rule.index() < 0) return "applies";
        return rule.matched() ? "matches" : "does not match";
    }

    private static String comparison(Trace.Comparison comparison) {
        String note = comparison.note() == null ? "" : " (" + comparison.note() + ")";
        return comparison.expression() + ", with " + Answers.value(comparison.operand()) + ": "
                + Answers.value(comparison.result()) + note;
    }

    private void assignment(Trace.Assignment assignment) {
        String variation = assignment.variation() == null ? "no variation" : "variation " + assignment.variation();
        if (assignment.bucket() == null) {
            line(2, "gives " + variation
                    + (assignment.strategy().equals("variation") ? "" : " by " + assignment.strategy()));
            return;
        }
        String clock = assignment.clock() == null ? "" : " at " + assignment.clock();
        line(2, "gives " + variation + " by " + assignment.strategy() + clock + ": bucket "
                + number(assignment.bucket()) + " of " + number(assignment.buckets()));
        ranges(assignment.ranges(), assignment.bucket());
    }

    private void ranges(List<Trace.Range> ranges, long bucket) {
        for (Trace.Range range : ranges) {
            boolean here = range.from() <= bucket && bucket < range.to();
            String owned = range.from() == range.to()
                    ? "no buckets"
                    : "buckets " + number(range.from()) + " to " + number(range.to() - 1);
            line(3, range.variation() + ": " + owned + (here ? "  <- this user" : ""));
        }
    }

    private void line(int depth, String text) {
        lines.append("  ".repeat(depth)).append(text).append('\n');
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
