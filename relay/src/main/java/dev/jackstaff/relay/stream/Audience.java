package dev.jackstaff.relay.stream;

import dev.jackstaff.relay.http.Message;
import dev.jackstaff.relay.http.Subscriber;
import dev.jackstaff.relay.http.Topic;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Those who listen to one topic. A subscriber can delay nobody: it is only offered the message (R-D2, R-D5). Thread-safe.
abstract class Audience implements Topic {
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();

    @Override
    public final void add(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    @Override
    public final void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /// @param message made once, and only when somebody listens
    final void tell(Supplier<Message> message) {
        if (subscribers.isEmpty()) return;
        Message made = message.get();
        for (Subscriber subscriber : subscribers) subscriber.offer(made);
    }
}
