package dev.jackstaff.cli;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Evaluates one flag and tells every step on the way.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = """
                Evaluates a flag and tells why it has its value: clock, scheduled step, rules, comparisons, bucket.
                Without a file: flags.goff.yaml, .toml, .json or .yml in ./, /goff/ or /etc/opt/goff/.""",
        footer = """

                Examples:
                  jackstaff explain new-checkout flags.yaml --context '{"targetingKey": "user-1"}'
                  jackstaff explain new-checkout flags.yaml --output json --context '{"targetingKey": "user-1"}'

                To try another time, give the context
                  "gofeatureflag": {"currentDateTime": "2030-01-01T00:00:00Z"}

                Exit codes: 0 evaluated, 1 flags cannot be used, 2 the command line is wrong.""")
final class ExplainCommand implements Callable<Integer> {

    /// The forms in which an explanation is printed.
    enum Output {
        TEXT,
        JSON
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FLAG", description = "The flag's key.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String flag;

    @Parameters(index = "1..*", paramLabel = "FLAG-FILE",
            description = "Flag files, - for standard input; a later one wins.")
    private List<String> files = List.of();

    @Option(names = {"--context", "--ctx"}, paramLabel = "JSON", converter = ContextConverter.class,
            description = "Who is asking: a JSON object with targetingKey and attributes.")
    private EvaluationContext context = EvaluationContext.EMPTY;

    @Option(names = {"-o", "--output"}, paramLabel = "text|json", defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Output output = Output.TEXT;

    @Option(names = "--strict", description = "Stop when the flags have problems, warnings included.")
    private boolean strict;

    @Mixin
    @SuppressWarnings("NullAway.Init") // by picocli
    private SourceOptions sources;

    @Override
    public Integer call() throws CommandFailedException {
        LoadedFlags flags = LoadedFlags.of(sources.sources(files));
        flags.report(spec.commandLine().getErr(), strict);
        Trace trace = flags.explain(flag, context, Instant.now());
        PrintWriter out = spec.commandLine().getOut();
        out.print(switch (output) {
            case TEXT -> TraceText.of(trace);
            case JSON -> TraceJson.of(trace);
        });
        return 0;
    }
}
