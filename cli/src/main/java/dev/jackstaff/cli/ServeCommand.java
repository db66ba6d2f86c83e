package dev.jackstaff.cli;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.relay.Relay;
import dev.jackstaff.relay.StartException;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Starts the relay and serves until a signal ends it.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = """
                Serves flags over HTTP: OFREP and the API of GO Feature Flag's relay, on port 1031.
                Without --config: goff-proxy.yaml, .toml, .json or .yml in ./, /goff/ or /etc/opt/goff/.""",
        footer = """

                Examples:
                  jackstaff serve flags.yaml
                  jackstaff serve --config goff-proxy.yaml
                  jackstaff serve --config goff-proxy.yaml --check

                SIGTERM or Ctrl-C stops it in order.
                Exit codes: 0 stopped by a signal, 1 it cannot start, 2 the command line is wrong.""")
final class ServeCommand implements Callable<Integer> {

    @Option(names = {"-c", "--config"}, paramLabel = "FILE", description = "The relay's configuration file.")
    private @Nullable Path config;

    @Option(names = "--check",
            description = "Only print the configuration in force, with where each value comes from and without secrets.")
    private boolean check;

    @Parameters(paramLabel = "FLAG-FILE",
            description = "Flag files to serve instead of what the configuration retrieves; a later one wins.")
    private List<Path> flagFiles = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailedException {
        switch (RelayConfig.read(config, flagFiles)) {
            case ConfigReading.Invalid invalid ->
                    throw new CommandFailedException("the configuration cannot be used",
                            invalid.problems().stream().map(Problem::toString).toList());
            case RelayConfig usable when check -> print(usable);
            case RelayConfig usable -> start(usable);
        }
        return 0;
    }

    /// Nothing is bound and nothing retrieved.
    private void print(RelayConfig usable) {
        PrintWriter out = spec.commandLine().getOut();
        usable.settings().forEach(out::println);
        usable.problems().forEach(spec.commandLine().getErr()::println);
    }

    private static void start(RelayConfig usable) throws CommandFailedException {
        try {
            Relay.serve(usable);
        } catch (StartException e) {
            List<String> lines = String.valueOf(e.getMessage()).lines().toList();
            throw new CommandFailedException(lines.getFirst(),
                    lines.stream().skip(1).map(String::strip).toList());
        }
    }
}
