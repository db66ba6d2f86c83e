package dev.jackstaff.relay.http;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.SequencedSet;

/// The connections of one event loop that have had their last answer while their clients may still be sending. What those send is
/// read and dropped for a while: a connection that is closed over unread bytes is reset, and a reset can destroy the answer
/// before the client has read it.
///
/// That is done beside everything else: some bytes between two looks at the connections, in turn. When there are too many of these
/// connections, the one that has been here the longest is closed. For that loop alone.
final class Lingering {
    /// Connections at the same time.
    static final int MOST = 512;

    private static final int BYTES_A_LOOK = 8 * ReadSize.BULK;

    private final SequencedSet<Peer> all = new LinkedHashSet<>(); // who has been here the longest comes first
    private final Queue<Peer> waiting = new ArrayDeque<>(); // for the next look
    private int left = BYTES_A_LOOK;

    void add(Peer peer) {
        if (!all.add(peer)) return;
        if (all.size() > MOST) all.removeFirst().closeNow();
        next(peer);
    }

    void remove(Peer peer) {
        all.remove(peer);
    }

    /// Reads once more from a connection, now or later.
    void next(Peer peer) {
        if (left <= 0) {
            waiting.add(peer);
            return;
        }
        left -= ReadSize.BULK;
        peer.readOnce();
    }

    void look() {
        left = BYTES_A_LOOK;
        while (left > 0 && !waiting.isEmpty()) {
            Peer peer = waiting.remove();
            if (all.contains(peer)) next(peer);
        }
    }
}
