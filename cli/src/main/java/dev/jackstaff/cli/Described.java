package dev.jackstaff.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Commands described in code. Those that are over in a moment are described by annotations, for which the JVM makes classes
/// when somebody looks at them; that would cost a relay some 30 ms of its start.
final class Described {
    private Described() {}

    /// With `--help` and `--version`, which the others have, too.
    ///
    /// @param code run when the command is called; null for one that wants a subcommand
    static CommandSpec command(String name, @Nullable Callable<Integer> code, String description, String footer) {
        CommandSpec command = CommandSpec.wrapWithoutInspection(code).name(name).versionProvider(new Version());
        command.usageMessage().description(description).footer(footer);
        return command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }
}
