/// The commands of `jackstaff`, one class each; [Jackstaff] is where the process begins.
///
/// A command reads its flags ([FlagSource], [LoadedFlags]), asks the engine, and prints what comes of it
/// ([EvaluationOutput], [TraceText], [TraceJson], [ProblemOutput]). Results go to standard output, everything about them
/// to standard error.
package dev.jackstaff.cli;
