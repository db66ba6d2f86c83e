package dev.jackstaff.relay.http;

import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.util.IdentityHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop, and the one timer they share; it runs while there are any. For that loop alone.
///
/// Some of them are looked at each time, and when that takes long, because many are closed, the rest of these in the next turn:
/// requests do not wait until all of many have been.
final class Peers {
    /// In which all of them are looked at once.
    private static final int PARTS = 16;

    /// How long they are looked at in one turn: about ten of them. To close one takes about as much, with what the system does then.
    private static final long SHARE_NANOS = 20_000;

    private final EventLoop loop;
    private final Turn turn;
    private final Connections connections;
    private final Lingering lingering = new Lingering();
    private final Roll open = new Roll();
    private final IdentityHashMap<HttpConnection, Peer> byConnection = new IdentityHashMap<>();
    private @Nullable Peer reading;
    private @Nullable Future<?> timer;
    private int unseen; // of those to be looked at
    private boolean awaitsTurn;

    Peers(EventLoop loop, Connections connections) {
        this.loop = loop;
        turn = connections.turnOf(loop);
        this.connections = connections;
    }

    Turn turn() {
        return turn;
    }

    Lingering lingering() {
        return lingering;
    }

    void add(Peer peer) {
        open.add(peer);
        long every = connections.limits().peers().look().toNanos() / PARTS;
        if (timer == null) timer = loop.scheduleWithFixedDelay(this::look, every, every, TimeUnit.NANOSECONDS);
    }

    void remove(Peer peer, @Nullable HttpConnection connection) {
        open.remove(peer);
        lingering.remove(peer);
        if (connection != null) byConnection.remove(connection);
        if (open.size() > 0 || timer == null) return;
        timer.cancel(false);
        timer = null;
    }

    /// Whatever is decoded from here on comes from this one.
    void reads(Peer peer) {
        reading = peer;
    }

    void readsNobody() {
        reading = null;
    }

    /// The connection that is read now has agreed on a protocol.
    void speaks(HttpVersion version) {
        if (reading != null) reading.speaks(version);
    }

    /// Who sent what a connection has decoded: the one that is read now, but for what had to wait for an answer before it.
    Peer of(HttpConnection connection) {
        Peer peer = reading;
        if (peer != null && peer.carries(connection)) return peer;
        Peer known = byConnection.get(connection);
        if (known != null) return known;
        if (peer == null || !peer.isNew()) return new Peer(connections, null, false);
        peer.carry(connection);
        byConnection.put(connection, peer);
        return peer;
    }

    /// Closes every connection, whatever has not been taken.
    void closeAll() {
        open.all().forEach(Peer::closeNow);
    }

    private void look() {
        lingering.look();
        unseen = (open.size() + PARTS - 1) / PARTS;
        if (!awaitsTurn) goOn();
    }

    private void goOn() {
        awaitsTurn = false;
        long begun = System.nanoTime();
        for (long now = begun; unseen > 0; unseen--) {
            if (now - begun >= SHARE_NANOS) {
                awaitsTurn = true;
                turn.awaitNext(this::goOn);
                return;
            }
            Peer next = open.next();
            if (next == null) return;
            next.look(now);
            now = System.nanoTime();
        }
    }
}
