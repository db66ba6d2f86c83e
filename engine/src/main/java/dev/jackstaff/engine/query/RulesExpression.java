package dev.jackstaff.engine.query;

import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.flag.Compatibility.Defect;
import dev.jackstaff.engine.query.Queries.Compiled;
import dev.jackstaff.engine.query.Queries.Finding;
import dev.jackstaff.engine.query.Queries.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From a text such as `age ge 18 and country in ["FR","BE"]` to a predicate.
final class RulesExpression {
    private RulesExpression() {}

    static Compiled compile(PreparedText prepared, Setting setting) {
        Findings findings = new Findings(prepared);
        Tokens tokens = Tokens.of(prepared.text);
        Grammar grammar = new Grammar(tokens.list(), findings);
        Syntax syntax = grammar.read();

        Attributes attributes = new Attributes(setting.enrichment());
        CarriedPaths carried = CarriedPaths.in(syntax.paths());
        boolean keeps = setting.compatibility().keeps(Defect.PATH_CARRY_OVER);
        RulesCompiler compiler = new RulesCompiler(prepared, attributes, keeps && carried.any());
        Condition condition = syntax.compile(compiler);

        Finding error = loadError(syntax, findings);
        RulesReview review = new RulesReview(prepared, findings);
        if (!(syntax instanceof Syntax.Broken)) review.review(syntax, tokens.dropped(), grammar.end());
        if (error != null || !findings.isEmpty()) review.glue();
        carried.report(findings, setting.compatibility());
        return new Compiled(new RulesPredicate(condition, keeps && carried.any()), error, findings.list());
    }

    private static @Nullable Finding loadError(Syntax syntax, Findings findings) {
        LoadCheck check = new LoadCheck();
        if (syntax instanceof Syntax.Broken broken)
            check.fail(broken.start(), LoadCheck.NO_QUERY, broken.whatWouldBeRight());
        else
            syntax.onEmptyContext(check);
        String error = check.error();
        return error == null ? null : findings.at(check.offset(), error, check.hint());
    }

    /// The paths of a query whose answer depends on what lookups before them leave behind (E-D5).
    record CarriedPaths(List<Syntax.Path> paths) {
        static CarriedPaths in(List<Syntax.Path> lookups) {
            return new CarriedPaths(CarryAnalysis.affected(lookups));
        }

        boolean any() {
            return !paths.isEmpty();
        }

        void report(Findings findings, Compatibility compatibility) {
            boolean kept = compatibility.keeps(Defect.PATH_CARRY_OVER);
            for (Syntax.Path path : paths.subList(0, Math.min(paths.size(), Findings.MOST)))
                findings.announce(
                        path.start(),
                        "where the parent of " + path
                                + " is missing, GO Feature Flag compares the value of an earlier condition"
                                + " (E-D5); " + (kept ? "that is kept here" : "here it counts as missing"),
                        kept
                                ? "compatibility without E-D5 makes it missing"
                                : "compatibility: exact keeps the original's answer");
        }
    }
}
