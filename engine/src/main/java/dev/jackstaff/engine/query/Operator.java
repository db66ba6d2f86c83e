package dev.jackstaff.engine.query;

/// A JsonLogic operator whose arguments are evaluated before it.
interface Operator {

    /// The operation on a list of arguments.
    Term of(Term[] arguments);

    /// The operation on one argument that is not in a list, and never gives one.
    Term of(Term single);

    /// The operation on what `argument` gives, which may be a list of arguments.
    default Term ofEither(Term argument) {
        return new Evaluated(this, argument);
    }
}
