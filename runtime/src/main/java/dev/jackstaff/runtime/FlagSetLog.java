package dev.jackstaff.runtime;

import dev.jackstaff.engine.document.Problem;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// Tells of trouble between two states, once when it comes and once when it is over. Flags that change are told of by
/// [FlagChangeLog].
record FlagSetLog(String flagSet) {
    private static final Logger LOG = LoggerFactory.getLogger(FlagSet.class);

    void tellKept(Path file) {
        LOG.atWarn()
                .addKeyValue("flagSet", flagSet)
                .addKeyValue("file", file)
                .log("no retriever has usable flags; those that were served last are served until one has");
    }

    void tellUnusable(Path file, String error) {
        LOG.atError()
                .addKeyValue("flagSet", flagSet)
                .addKeyValue("file", file)
                .addKeyValue("error", error)
                .log("the flags that were served last cannot be used");
    }

    void tellProblems(State before, State after) {
        Set<Problem> known = new LinkedHashSet<>(before.problems());
        for (Problem problem : after.problems()) if (!known.contains(problem)) tellProblem(problem);
        boolean wasBad = before.problems().stream().anyMatch(Problem::isError);
        if (wasBad && after.problems().stream().noneMatch(Problem::isError))
            LOG.atInfo().addKeyValue("flagSet", flagSet).log("flags are good again");
    }

    private void tellProblem(Problem problem) {
        LoggingEventBuilder event = LOG.atLevel(problem.isError() ? Level.ERROR : Level.WARN)
                .addKeyValue("flagSet", flagSet)
                .addKeyValue("file", problem.location().source());
        if (problem.location().line() > 0) event = event.addKeyValue("line", problem.location().line());
        if (problem.flagKey() != null) event = event.addKeyValue("flagKey", problem.flagKey());
        event.addKeyValue("problem", problem)
                .log(problem.flagKey() == null ? "flags cannot be used" : "flag has a problem");
    }
}
