package dev.jackstaff.runtime;

import dev.jackstaff.engine.diff.Changes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs a line for each flag that changed, with the messages of GO Feature Flag's log notifier (`logsnotifier/notifier.go`).
/// Immutable.
public record FlagChangeLog() implements ChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(FlagSet.class);

    @Override
    public void changed(FlagSetChange change) {
        String flagSet = change.flagSet();
        Changes changes = Changes.between(change.before().definitions(), change.after().definitions());
        changes.deleted().keySet().forEach(key -> tell("flag removed", flagSet, key));
        changes.added().keySet().forEach(key -> tell("flag added", flagSet, key));
        changes.updated().forEach((key, update) -> {
            if (update.turnsOff()) tell("flag is turned OFF", flagSet, key);
            else if (update.turnsOn()) tell("flag is turned ON", flagSet, key);
            else
                tell("flag updated", flagSet, key);
        });
    }

    private static void tell(String message, String flagSet, String key) {
        LOG.atInfo().addKeyValue("flagSet", flagSet).addKeyValue("key", key).log(message);
    }
}
