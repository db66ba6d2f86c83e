package dev.jackstaff.engine.query;

import java.util.List;

/// Remarks on a query that loads and works, but perhaps not as its author meant it.
final class RulesReview {
    private final PreparedText prepared;
    private final Findings findings;

    RulesReview(PreparedText prepared, Findings findings) {
        this.prepared = prepared;
        this.findings = findings;
    }

    /// @param end where the query ends and the original stops reading
    void review(Syntax syntax, List<Token> dropped, int end) {
        for (Token token : dropped)
            if (token.start() < end)
                findings.add(
                        token.start(),
                        Findings.quoted(token.text()) + " is no part of a query and is dropped",
                        Words.dropped(token.text()));
        String rest = prepared.text.substring(end);
        int start = end + rest.length() - rest.stripLeading().length();
        if (!rest.isBlank())
            findings.add(
                    start,
                    "text after the query is ignored: " + Findings.quoted(rest.strip()),
                    Words.ignored(rest));
        review(syntax);
    }

    /// Says so where lines run into each other, which is why a query that looks right is not.
    void glue() {
        int glue = prepared.firstGlue();
        if (glue < 0) return;
        int from = Math.max(prepared.text.lastIndexOf(' ', glue - 1) + 1, glue - 15);
        int to = prepared.text.indexOf(' ', glue);
        String joined = prepared.text.substring(from, to < 0 ? Math.min(prepared.text.length(), glue + 15) : to);
        findings.add(
                glue - 1,
                "lines are joined without a space between: " + Findings.quoted(joined),
                "end each line with a space, or write > instead of | in YAML");
    }

    private void review(Syntax syntax) {
        if (syntax instanceof Syntax.Group group) review(group.inner());
        else if (syntax instanceof Syntax.Compare compare) comparison(compare);
        else if (syntax instanceof Syntax.Chain chain) {
            precedence(chain);
            for (Syntax operand : chain.operands()) review(operand);
        }
    }

    /// Where `and` comes after `or`, other languages would read the query differently.
    private void precedence(Syntax.Chain chain) {
        for (int i = 2; i < chain.operands().size(); i++) {
            if (chain.isOr(i) || !chain.isOr(i - 1)) continue;
            findings.add(
                    chain.joints().get(i - 1).start(),
                    "and does not bind stronger than or here: everything before it is one side",
                    "put parentheses around what belongs together");
            return;
        }
    }

    private void comparison(Syntax.Compare compare) {
        Literal literal = compare.literal();
        Criterion criterion = literal.test(compare.operator().kind());
        if (criterion == null)
            findings.add(
                    compare.operator().start(),
                    "this comparison has no answer: a query that comes to it does not match, whatever not and or say",
                    literal.whatWouldBeRight());
        if (criterion instanceof Criterion.Never never)
            findings.add(compare.operator().start(), "this comparison is always false", never.why());
        boolean escaped = literal.texts().stream().anyMatch(text -> text.indexOf('\\') >= 0);
        if (escaped)
            findings.add(
                    compare.operator().end(),
                    "escapes in a string are not decoded: the backslash is compared as it stands",
                    null);
    }
}
