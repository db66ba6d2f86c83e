package dev.jackstaff.engine.document;

/// The text is not a document of its format. Carries the one [Problem] that stopped the parser.
public final class MalformedDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public MalformedDocumentException(Problem problem) {
        super(problem.toString(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
