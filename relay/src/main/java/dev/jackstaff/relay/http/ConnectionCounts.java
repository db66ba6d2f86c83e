package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/// What became of the connections of a listener. Each one that was accepted is open or has ended for one reason. Immutable.
public final class ConnectionCounts {
    private final long accepted;
    private final long open;
    private final long cutShort;
    private final Map<ConnectionEnd, Long> ended;

    ConnectionCounts(long accepted, long open, long cutShort, Map<ConnectionEnd, Long> ended) {
        this.accepted = accepted;
        this.open = open;
        this.cutShort = cutShort;
        this.ended = Map.copyOf(ended);
    }

    /// Since the start, those included that were closed at once because there were too many.
    public long accepted() {
        return accepted;
    }

    /// Now.
    public long open() {
        return open;
    }

    /// Answers on HTTP/2 that were given up because they were not taken, while their connection went on.
    public long cutShort() {
        return cutShort;
    }

    long ended(ConnectionEnd why) {
        return requireNonNull(ended.get(why));
    }

    /// Tells how many have ended for each reason: `left`, `crowded_address`, `slow_head` and so on.
    public void eachEnd(ObjLongConsumer<String> reader) {
        for (ConnectionEnd why : ConnectionEnd.values())
            reader.accept(why.name().toLowerCase(Locale.ROOT), ended(why));
    }
}
