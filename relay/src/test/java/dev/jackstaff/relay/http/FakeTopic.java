package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A topic on which tests publish.
final class FakeTopic implements Topic {
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();

    @Override
    public void add(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    @Override
    public void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    int size() {
        return subscribers.size();
    }

    /// Offers a line to all who listen.
    void publish(String line) {
        Message message = Message.of(Body.adopting((line + "\n").getBytes(StandardCharsets.UTF_8)));
        for (Subscriber subscriber : subscribers) subscriber.offer(message);
    }
}
