package dev.jackstaff.runtime;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.engine.document.Problem;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// Tells what became different, once: between two states new trouble and its end, and as a listener each flag that changed,
/// with the messages of GO Feature Flag's log notifier. As there, flags are told of beside the refresh and not by it: whoever
/// waits for a thousand flags waits for no lines about them.
record FlagSetLog(String flagSet) implements ChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(FlagSet.class);

    @Override
    public void changed(FlagSetChange change) {
        tellChanges(Changes.between(change.before().definitions(), change.after().definitions()));
    }

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

    private void tellChanges(Changes changes) {
        changes.deleted().keySet().forEach(key -> tellFlag("flag removed", key));
        changes.added().keySet().forEach(key -> tellFlag("flag added", key));
        changes.updated().forEach((key, update) -> {
            if (update.turnsOff()) tellFlag("flag is turned OFF", key);
            else if (update.turnsOn()) tellFlag("flag is turned ON", key);
            else
                tellFlag("flag updated", key);
        });
    }

    private void tellFlag(String message, String key) {
        LOG.atInfo().addKeyValue("flagSet", flagSet).addKeyValue("key", key).log(message);
    }
}
