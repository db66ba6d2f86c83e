package dev.jackstaff.relay.stream;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.formats.json.FlagJson;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.UnencodableValueException;
import dev.jackstaff.relay.http.Message;
import dev.jackstaff.relay.http.Subscriber;
import dev.jackstaff.relay.http.Topic;
import dev.jackstaff.runtime.ChangeListener;
import dev.jackstaff.runtime.FlagSetChange;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The changes of one flag set: one message a change, in their order (R-D42), encoded once for all who listen. Thread-safe.
///
/// A subscriber can delay nobody: it is only offered the message (R-D2, R-D5).
public final class ChangeTopic implements Topic, ChangeListener {
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();

    @Override
    public void add(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    @Override
    public void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    @Override
    public void changed(FlagSetChange change) {
        if (subscribers.isEmpty()) return;
        Message message = message(Changes.between(change.before().definitions(), change.after().definitions()));
        for (Subscriber subscriber : subscribers) subscriber.offer(message);
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
