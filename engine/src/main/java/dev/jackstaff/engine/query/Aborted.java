package dev.jackstaff.engine.query;

/// A JsonLogic rule that cannot go on: then it does not match, whatever surrounds the part that failed. Thrown where the
/// original panics, caught by [LogicPredicate]; it has no stack trace, so throwing is cheap.
@SuppressWarnings("serial") // never serialized
final class Aborted extends RuntimeException {
    enum Reason {
        OUT_OF_STEPS("the step budget is used up"),
        TOO_DEEP("values are evaluated as rules too often inside each other"),
        NO_LIST("the operator needs a list of arguments"),
        TOO_FEW("an argument is missing"),
        NO_NUMBER("true, false, null, lists and objects are no numbers here"),
        NO_TEXT("true, false, lists and objects have no text form here"),
        NO_PATH("the name of a variable is a string"),
        NO_NEEDLE("only a string can be in a string"),
        NO_RANGE("a list inside the list is a range and needs two numbers"),
        NO_EQUALITY("lists and objects cannot be compared"),
        NO_RULE("the condition is no operation"),
        NO_ITEMS("what is gone through is no list"),
        NO_INITIAL("the initial value is no boolean, number or string"),
        BAD_RANGE("the end lies before the start"),
        UNKNOWN("there is no such operator");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    final Reason reason;

    Aborted(Reason reason) {
        super(reason.words, null, false, false);
        this.reason = reason;
    }
}
