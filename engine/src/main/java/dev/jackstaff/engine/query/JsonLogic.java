package dev.jackstaff.engine.query;

import dev.jackstaff.engine.query.Queries.Compiled;
import dev.jackstaff.engine.query.Queries.Finding;
import dev.jackstaff.engine.query.Queries.Setting;

/// From a text such as `{">=": [{"var": "age"}, 18]}` to a predicate.
final class JsonLogic {
    private JsonLogic() {}

    static Compiled compile(Json rule, PreparedText prepared, String written, Setting setting) {
        Findings findings = new Findings(prepared);
        LogicReview review = new LogicReview(findings);
        Finding error = review.error(rule);
        // The original checks the text as written, but evaluates it with its lines joined.
        if (error == null && JsonText.objectOrNull(written) == null) error = review.brokenLine();
        Attributes attributes = new Attributes(setting.enrichment());
        Term term = new LogicCompiler(attributes, findings, null).term(rule, null);
        Predicate predicate = new LogicPredicate(rule, prepared.text, attributes, term, review.makesNumbers());
        return new Compiled(predicate, error, findings.list());
    }
}
