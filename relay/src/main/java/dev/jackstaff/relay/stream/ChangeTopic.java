package dev.jackstaff.relay.stream;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.formats.json.FlagJson;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.UnencodableValueException;
import dev.jackstaff.relay.http.Message;
import dev.jackstaff.runtime.ChangeListener;
import dev.jackstaff.runtime.FlagSetChange;

/// The changes of one flag set: one message a change, in their order (R-D42), encoded once for all who listen. Thread-safe.
public final class ChangeTopic extends Audience implements ChangeListener {
    @Override
    public void changed(FlagSetChange change) {
        tell(() -> message(Changes.between(change.before().definitions(), change.after().definitions())));
    }

    /// A change that has no JSON form, which only `compatibility: exact` lets in, is told as a reload (R-D45).
    private static Message message(Changes changes) {
        try {
            return Message.of(JsonWriter.write(false, json -> FlagJson.write(json, changes)));
        } catch (UnencodableValueException e) {
            return Message.reload();
        }
    }
}
