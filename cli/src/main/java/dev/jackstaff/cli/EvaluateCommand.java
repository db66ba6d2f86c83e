package dev.jackstaff.cli;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Evaluates one flag or all of them, with GO Feature Flag's options and output.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = """
                Evaluates one flag, or all, and prints the results as JSON.
                Without a file: flags.goff.yaml, .toml, .json or .yml in ./, /goff/ or /etc/opt/goff/.""",
        footer = """

                Examples:
                  jackstaff evaluate flags.yaml --ctx '{"targetingKey": "user-1", "plan": "pro"}'
                  jackstaff evaluate --path flags.yaml --flag new-checkout --ctx '{"targetingKey": "user-1"}'
                  jackstaff evaluate --kind http --url https://example.com/flags.yaml --header 'Authorization: Bearer T'
                  cat flags.json | jackstaff evaluate - --format json --output text

                To see why a flag has its value: jackstaff explain --help
                Exit codes: 0 evaluated, 1 flags cannot be used, 2 the command line is wrong.""")
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FLAG-FILE", description = "Flag files, - for standard input; a later one wins.")
    private List<String> files = List.of();

    @Option(names = "--flag", paramLabel = "KEY",
            description = "The flag to evaluate; all of them when it is left out.")
    private @Nullable String flag;

    @Option(names = {"--ctx", "--context"}, paramLabel = "JSON", converter = ContextConverter.class,
            description = "Who is asking: a JSON object with targetingKey and attributes.")
    private EvaluationContext context = EvaluationContext.EMPTY;

    @Option(names = {"-o", "--output"}, paramLabel = "json|text", defaultValue = "json",
            description = "json, or a line for each flag (default: ${DEFAULT-VALUE}).")
    private EvaluationOutput output = EvaluationOutput.JSON;

    @Option(names = "--strict", description = "Stop when the flags have problems, warnings included.")
    private boolean strict;

    @Option(names = "--check-mode",
            description = "Evaluate nothing; print the retriever's configuration, secrets masked.")
    private boolean checkMode;

    @Mixin
    @SuppressWarnings("NullAway.Init") // by picocli
    private SourceOptions sources;

    @Override
    public Integer call() throws CommandFailedException {
        PrintWriter out = spec.commandLine().getOut();
        if (checkMode) {
            out.print(RetrieverCheck.json(sources.settings()));
            return 0;
        }
        LoadedFlags flags = LoadedFlags.of(sources.sources(files));
        flags.report(spec.commandLine().getErr(), strict);
        out.print(output.print(evaluate(flags)));
        return 0;
    }

    private Map<String, Evaluation> evaluate(LoadedFlags flags) throws CommandFailedException {
        Snapshot snapshot = flags.snapshot();
        Instant now = Instant.now();
        Set<String> keys = flag == null || flag.isEmpty() ? snapshot.definitions().keySet() : Set.of(flag);
        Map<String, Evaluation> results = new LinkedHashMap<>();
        for (String key : keys) {
            if (!snapshot.definitions().containsKey(key)) throw flags.unknown(key);
            results.put(key, snapshot.evaluate(key, context, now));
        }
        return results;
    }
}
