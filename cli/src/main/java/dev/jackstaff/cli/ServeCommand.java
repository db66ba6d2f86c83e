package dev.jackstaff.cli;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.relay.Relay;
import dev.jackstaff.relay.StartException;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Starts the relay and serves until a signal ends it.
final class ServeCommand {
    private static final String DESCRIPTION = """
            Serves flags over HTTP: OFREP and the API of GO Feature Flag's relay, on port 1031.
            Without --config: goff-proxy.yaml, .toml, .json or .yml in ./, /goff/ or /etc/opt/goff/.""";
    private static final String FOOTER = """

            Examples:
              jackstaff serve flags.yaml
              jackstaff serve --config goff-proxy.yaml
              jackstaff serve --config goff-proxy.yaml --check

            SIGTERM or Ctrl-C stops it in order.
            Exit codes: 0 stopped by a signal, 1 it cannot start, 2 the command line is wrong.""";

    /// As the library's own, which looks for the method by reflection.
    private static final ITypeConverter<Path> PATH = Path::of;

    private final OptionSpec config = OptionSpec.builder("-c", "--config")
            .paramLabel("FILE")
            .type(Path.class)
            .converters(PATH)
            .description("The relay's configuration file.")
            .build();
    private final OptionSpec check = OptionSpec.builder("--check")
            .description("Only print the configuration in force, with where each value comes from and without secrets.")
            .build();
    private final PositionalParamSpec flagFiles = PositionalParamSpec.builder()
            .paramLabel("FLAG-FILE")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .converters(PATH)
            .description("Flag files to serve instead of what the configuration retrieves; a later one wins.")
            .build();
    private final CommandSpec spec = Described.command("serve", this::call, DESCRIPTION, FOOTER)
            .addOption(config)
            .addOption(check)
            .addPositional(flagFiles);

    private ServeCommand() {}

    static CommandSpec described() {
        return new ServeCommand().spec;
    }

    private int call() throws CommandFailedException {
        @Nullable
        Path file = config.getValue();
        @Nullable
        List<Path> files = flagFiles.getValue();
        ConfigReading reading = RelayConfig.read(file, files == null ? List.of() : files);
        if (!(reading instanceof RelayConfig usable))
            throw new CommandFailedException("the configuration cannot be used",
                    reading.problems().stream().map(Problem::toString).toList());
        if (Boolean.TRUE.equals(check.getValue())) print(usable);
        else
            start(usable);
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
