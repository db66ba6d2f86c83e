/// The question, the answer, and the steps between: for whom a flag is asked ([EvaluationContext]), what it says
/// ([Evaluation], with its reason and its forms for callers who want a type), and how it came to that ([Trace]). Values
/// only; nothing in here decides anything.
package dev.jackstaff.engine.evaluation;
