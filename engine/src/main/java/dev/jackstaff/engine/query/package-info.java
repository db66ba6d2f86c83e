/// Targeting text to predicate. The door is [dev.jackstaff.engine.query.Queries]; everything else is reached through it.
///
/// Both languages take the same way, from text to something immutable that answers:
///
/// | | rules expressions | JsonLogic |
/// |---|---|---|
/// | text | `PreparedText`, `Tokens` | `PreparedText`, `JsonText` |
/// | what was read | `Syntax` with its `Literal`s, by `Grammar` | `Json` |
/// | what is wrong with it | `LoadCheck`, `RulesReview`, `CarryAnalysis` | `LogicReview` |
/// | what answers | `Condition`: a `Comparison` puts a `Criterion` to an `Operand` | `Term`, by `LogicCompiler` |
/// | at the door | `RulesPredicate` | `LogicPredicate` |
///
/// `Attributes` is what both see of a user. What ends an evaluation early is an `ABORT` among conditions and `Aborted`
/// among terms; what bounds it is `Run`, and `Steps` is how the bound is known before.
package dev.jackstaff.engine.query;
