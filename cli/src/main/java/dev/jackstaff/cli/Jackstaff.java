package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The command `jackstaff`.
///
/// Exit codes: 0 when all is well, [#INVALID] when flags, configuration or retrievers are at fault, [#USAGE] when the
/// command line is. Output is UTF-8 whatever the locale, as in GO Feature Flag.
public final class Jackstaff {
    static final int INVALID = CommandLine.ExitCode.SOFTWARE;
    static final int USAGE = CommandLine.ExitCode.USAGE;

    private static final String NAME = "jackstaff";
    private static final String FOOTER = """

            Examples:
              jackstaff serve flags.yaml
              jackstaff lint flags.yaml
              jackstaff evaluate flags.yaml --flag new-checkout --ctx '{"targetingKey": "user-1"}'
              jackstaff explain new-checkout flags.yaml --context '{"targetingKey": "user-1"}'

            jackstaff COMMAND --help tells more about a command.""";

    /// By name, in the order of the help: objects or classes that the library knows as commands.
    private static final SequencedMap<String, Supplier<Object>> SUBCOMMANDS = subcommands();

    private Jackstaff() {}

    private static SequencedMap<String, Supplier<Object>> subcommands() {
        SequencedMap<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand::described);
        commands.put("evaluate", () -> EvaluateCommand.class);
        commands.put("lint", () -> LintCommand.class);
        commands.put("explain", () -> ExplainCommand.class);
        return commands;
    }

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
        CommandLine command = new CommandLine(root(), new Commands(in));
        addSubcommands(command, arguments);
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

    private static CommandSpec root() {
        CommandSpec root =
                Described.command(NAME, null, "Feature flags: serve them, try them, check them.", FOOTER);
        root.usageMessage().synopsisSubcommandLabel("COMMAND");
        return root;
    }

    /// The one that is called; all, where none is. To set one up costs a start more than to parse its arguments.
    private static void addSubcommands(CommandLine command, String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean isCalled = SUBCOMMANDS.containsKey(first);
        SUBCOMMANDS.forEach((name, subcommand) -> {
            if (!isCalled || name.equals(first)) command.addSubcommand(name, subcommand.get());
        });
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
