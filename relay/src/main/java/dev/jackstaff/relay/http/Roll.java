package dev.jackstaff.relay.http;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop, which are called in rounds: each that is there when a round begins and still is when it ends
/// has been called in it, whoever comes and goes meanwhile. For that loop alone.
///
/// An array, and not a linked list: to call one changes nothing in memory but a number, though there are thousands.
final class Roll {
    private static final int LEAST = 16;

    private @Nullable Peer[] all = new Peer[LEAST];
    private int size;

    /// Who is still to be called in this round has a place below. It goes downwards, so that the last one, which takes the place of one
    /// that goes, is called twice rather than never.
    private int left;

    void add(Peer peer) {
        if (size == all.length) all = Arrays.copyOf(all, 2 * size);
        peer.place(size);
        all[size++] = peer;
    }

    /// @param peer one that is here
    void remove(Peer peer) {
        int place = peer.place();
        Peer last = all[--size];
        all[place] = last;
        all[size] = null;
        if (last != null) last.place(place);
        left = Math.min(left, size);
    }

    int size() {
        return size;
    }

    /// Those that are here now.
    List<Peer> all() {
        return Arrays.stream(all, 0, size).map(Objects::requireNonNull).toList();
    }

    /// @return null at the end of a round; then the next one begins
    @Nullable
    Peer next() {
        if (left > 0) return all[--left];
        left = size;
        return null;
    }
}
