package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `jackstaff`.
///
/// Exit codes: 0 when all is well, [#INVALID] when flags, configuration or retrievers are at fault, [#USAGE] when the
/// command line is. Output is UTF-8 whatever the locale, as in GO Feature Flag.
@Command(
        name = "jackstaff",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Feature flags: serve them, try them, check them.",
        footer = """

                Examples:
                  jackstaff serve flags.yaml
                  jackstaff lint flags.yaml
                  jackstaff evaluate flags.yaml --flag new-checkout --ctx '{"targetingKey": "user-1"}'
                  jackstaff explain new-checkout flags.yaml --context '{"targetingKey": "user-1"}'

                jackstaff COMMAND --help tells more about a command.""")
public final class Jackstaff implements Runnable {
    static final int INVALID = CommandLine.ExitCode.SOFTWARE;
    static final int USAGE = CommandLine.ExitCode.USAGE;

    /// In the order of the help.
    static final List<Subcommand> SUBCOMMANDS = List.of(
            new Subcommand("serve", ServeCommand.class), new Subcommand("evaluate", EvaluateCommand.class),
            new Subcommand("lint", LintCommand.class), new Subcommand("explain", ExplainCommand.class));

    /// @param name as its annotation says
    record Subcommand(String name, Class<?> type) {}

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        int code;
        try (PrintWriter out = writer(FileDescriptor.out); PrintWriter err = writer(FileDescriptor.err)) {
            code = run(System.in, out, err, arguments);
        }
        System.exit(code);
    }

    /// One command in this process. Thread-safe as long as the streams are.
    ///
    /// @return the exit code
    static int run(InputStream in, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine command = new CommandLine(new Jackstaff(), new Commands(in));
        subcommands(arguments).forEach(it -> command.addSubcommand(it.type));
        command.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Jackstaff::misused)
                .setExecutionExceptionHandler(Jackstaff::failed);
        int code = command.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    /// The one that is called; all, where none is. To set one up costs a start more than to parse its arguments.
    private static List<Subcommand> subcommands(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        List<Subcommand> called =
                SUBCOMMANDS.stream().filter(it -> it.name.equals(first)).toList();
        return called.isEmpty() ? SUBCOMMANDS : called;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int misused(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("ERROR: " + misuse.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(misuse, err);
        err.println("  see: " + command.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(failure instanceof CommandFailedException told)) throw failure;
        command.getErr().println("ERROR: error executing command: " + told.getMessage());
        for (String line : told.next()) command.getErr().println("  " + line);
        return INVALID;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        OutputStream stream = new FileOutputStream(descriptor);
        return new PrintWriter(stream, false, UTF_8);
    }

    /// Makes the commands; those that can read standard input get it handed in.
    private record Commands(InputStream in) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == SourceOptions.class
                    ? type.cast(new SourceOptions(in))
                    : CommandLine.defaultFactory().create(type);
        }
    }
}
