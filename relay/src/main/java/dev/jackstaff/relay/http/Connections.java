package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The connections of all event loops of a listener, counted. Thread-safe.
///
/// Nothing here is touched by a request: only when a connection comes, and when it goes.
final class Connections {
    private final Limits limits;
    private final HeadRefusals refusals;
    private final boolean isSecure;
    private final int atOnce;
    private final Map<EventLoop, Peers> loops = new ConcurrentHashMap<>();
    private final Map<ThreadAwareExecutor, Turn> turns = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder cutShort = new LongAdder();
    private final Map<ConnectionEnd, LongAdder> ended = new EnumMap<>(ConnectionEnd.class);

    /// @param isSecure whether they begin with a TLS handshake
    Connections(Limits limits, HeadRefusals refusals, boolean isSecure) {
        this.limits = limits;
        atOnce = (int) Math.min(limits.peers().atOnce(), openFiles() / 10 * 9);
        this.refusals = refusals;
        this.isSecure = isSecure;
        for (ConnectionEnd why : ConnectionEnd.values()) ended.put(why, new LongAdder());
    }

    /// How many the process may have, connections among them. Beyond that the system would refuse them, and whatever else
    /// has to be opened.
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    Limits limits() {
        return limits;
    }

    HeadRefusals refusals() {
        return refusals;
    }

    /// Those of one event loop.
    Peers of(EventLoop loop) {
        return loops.computeIfAbsent(loop, it -> new Peers(it, this));
    }

    /// The turn of one event loop, for that loop to touch.
    Turn turnOf(ThreadAwareExecutor loop) {
        return turns.computeIfAbsent(loop, _ -> new Turn());
    }

    /// A connection that takes its place, which it gives back with [#leave].
    ///
    /// @return null when there is none; then it is counted as closed
    @Nullable
    Peer enter(@Nullable SocketAddress remote) {
        accepted.increment();
        if (open.getAndUpdate(now -> Math.min(now + 1, atOnce)) >= atOnce)
            return refused(ConnectionEnd.CROWDED);
        InetAddress address = remote instanceof InetSocketAddress it ? it.getAddress() : null;
        if (address != null && byAddress.merge(address, 1, Integer::sum) > limits.peers().perAddress()) {
            leaveAddress(address);
            open.decrementAndGet();
            return refused(ConnectionEnd.CROWDED_ADDRESS);
        }
        return new Peer(this, address, isSecure);
    }

    private @Nullable Peer refused(ConnectionEnd why) {
        count(why).increment();
        return null;
    }

    void leave(@Nullable InetAddress address, ConnectionEnd why) {
        if (address != null) leaveAddress(address);
        // In this order, and read the other way round: where none is open, all ends have been counted.
        count(why).increment();
        open.decrementAndGet();
    }

    private void leaveAddress(InetAddress address) {
        byAddress.computeIfPresent(address, (_, many) -> many == 1 ? null : many - 1);
    }

    void cutShort() {
        cutShort.increment();
    }

    private LongAdder count(ConnectionEnd why) {
        return requireNonNull(ended.get(why));
    }

    ConnectionCounts counts() {
        int openNow = open.get();
        Map<ConnectionEnd, Long> sums = new EnumMap<>(ConnectionEnd.class);
        ended.forEach((why, count) -> sums.put(why, count.sum()));
        return new ConnectionCounts(accepted.sum(), openNow, cutShort.sum(), sums);
    }
}
