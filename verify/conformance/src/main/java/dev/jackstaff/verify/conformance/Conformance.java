package dev.jackstaff.verify.conformance;

import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.verify.conformance.Case.MalformedCaseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command line of the corpus.
@Command(name = "verify/conformance/run", mixinStandardHelpOptions = false, sortOptions = false, description = {
    "Asks Jackstaff what was asked when the answers of GO Feature Flag were recorded, and compares.", "",
    "Prints each mismatch (input, expected, got) and last \"N passed, N failed\". Without --compatibility, an"
            + " answer may differ where a defect is corrected on purpose; each such case is counted under the"
            + " number of its defect, and one that no defect explains has failed."},
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
            "0:nothing failed", "1:something failed",
            "2:a file cannot be read, or an option is wrong"},
        footerHeading = "%nExamples:%n", footer = {
            "  verify/conformance/run ../shared/conformance/evaluation-public.jsonl.gz",
            "  verify/conformance/run --compatibility exact ../shared/conformance/evaluation-public.jsonl.gz",
            "  verify/conformance/run --show 3 mine.jsonl theirs.jsonl.gz"})
final class Conformance implements Callable<Integer> {
    /// How many cases there are between two lines about progress.
    private static final int PROGRESS = 5_000;

    private enum Mode {
        EXACT,
        CORRECTED;

        Compatibility compatibility() {
            return switch (this) {
                case EXACT -> Compatibility.EXACT;
                case CORRECTED -> Compatibility.CORRECTED;
            };
        }
    }

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recorded cases: .jsonl or .jsonl.gz.")
    private List<Path> files = List.of();

    @Option(names = "--compatibility", paramLabel = "exact|corrected", defaultValue = "corrected",
            description = "exact keeps every defect of the original; corrected (the default) is what users get.")
    private Mode mode = Mode.CORRECTED;

    @Option(names = "--show", paramLabel = "N", defaultValue = "10",
            description = "How many mismatches are printed; the rest is counted. Default: 10.")
    private int shown = 10;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Prints this.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    private final Engine engine;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// @param engine what answers
    Conformance(Engine engine) {
        this.engine = engine;
    }

    static void main(String[] arguments) {
        System.exit(commandLine(Engine.OURS).execute(arguments));
    }

    static CommandLine commandLine(Engine engine) {
        return new CommandLine(new Conformance(engine)).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut(), err = spec.commandLine().getErr();
        Report report = new Report(out, shown);
        Replay replay = new Replay(engine, mode.compatibility());
        for (Path file : files) {
            try {
                new Corpus(file).forEach(one -> {
                    report.add(one, replay.play(one));
                    int played = report.passed() + report.failed();
                    if (played % PROGRESS == 0) {
                        err.println("... " + played + " cases, " + report.failed() + " failed");
                        err.flush();
                    }
                });
            } catch (NoSuchFileException e) {
                return complain(err, file + ": no such file; name a corpus, such as"
                        + " ../shared/conformance/evaluation-public.jsonl.gz");
            } catch (IOException e) {
                return complain(err, file + ": cannot be read: " + e.getMessage());
            } catch (MalformedCaseException e) {
                return complain(err, String.valueOf(e.getMessage()));
            }
        }
        report.finish(mode == Mode.CORRECTED);
        return report.failed() > 0 ? 1 : 0;
    }

    private static int complain(PrintWriter err, String message) {
        err.println(message);
        err.flush();
        return 2;
    }
}
