package dev.jackstaff.cli;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks flag files and tells everything that is wrong with them, each file for itself.
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = """
                Checks flag files and prints every problem with its line and column.
                Without a file: flags.goff.yaml, .toml, .json or .yml in ./, /goff/ or /etc/opt/goff/.""",
        footer = """

                Examples:
                  jackstaff lint flags.yaml
                  jackstaff lint --strict flags/*.yaml
                  jackstaff lint --output github flags.yaml      # annotations on a pull request
                  git show HEAD:flags.yaml | jackstaff lint -

                Exit codes: 0 valid, 1 invalid, 2 the command line is wrong.""")
final class LintCommand implements Callable<Integer> {
    private static final Comparator<Problem> BY_PLACE = Comparator
            .<Problem>comparingInt(problem -> problem.location().line())
            .thenComparingInt(problem -> problem.location().column());

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FLAG-FILE", description = "Flag files, - for standard input.")
    private List<String> files = List.of();

    @Option(names = {"-o", "--output"}, paramLabel = "text|json|github", defaultValue = "text",
            description = "text, json, or annotations of a GitHub workflow (default: ${DEFAULT-VALUE}).")
    private ProblemOutput output = ProblemOutput.TEXT;

    @Option(names = "--strict", description = "Count warnings as errors.")
    private boolean strict;

    @Mixin
    @SuppressWarnings("NullAway.Init") // by picocli
    private SourceOptions sources;

    @Override
    public Integer call() throws CommandFailedException {
        List<Problem> problems = new ArrayList<>();
        for (FlagSource source : sources.sources(files)) problems.addAll(check(source));
        PrintWriter out = spec.commandLine().getOut();
        output.print(problems, out);
        if (problems.stream().anyMatch(Problem::isError))
            throw new CommandFailedException("invalid GO Feature Flag configuration");
        return 0;
    }

    private List<Problem> check(FlagSource source) {
        List<Problem> problems = new ArrayList<>();
        try {
            problems.addAll(check(LoadedFlags.read(source)));
        } catch (CommandFailedException e) {
            problems.add(
                    new Problem(Severity.ERROR, null, "", Location.of(source.name()), String.valueOf(e.getMessage()),
                            String.join("; ", e.next())));
        }
        problems.sort(BY_PLACE);
        return strict ? problems.stream().map(LintCommand::asError).toList() : problems;
    }

    /// What reading found, and what compiling finds in the flags that could be read.
    private static List<Problem> check(Reading reading) {
        return switch (reading) {
            case FlagFile file -> Snapshot.compile(file, CompileOptions.DEFAULT).problems();
            case Reading.Unreadable(List<Problem> problems, FlagFile sound) -> {
                List<Problem> all = new ArrayList<>(problems);
                all.addAll(Snapshot.compile(sound, CompileOptions.DEFAULT).problems());
                yield all;
            }
        };
    }

    private static Problem asError(Problem problem) {
        return new Problem(Severity.ERROR, problem.flagKey(), problem.path(), problem.location(), problem.message(),
                problem.hint());
    }
}
