package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.relay.config.ClientLimits;
import java.time.Duration;

/// How many connections there may be, and how slow one may be. The original has none of these limits (R-D12).
///
/// @param atOnce           connections; a further one is closed at once
/// @param perAddress       the same from one address; a balancer or a mesh is one address
/// @param fields           of the head of a request; more is 431
/// @param head             from its first byte to its last; then 408
/// @param bodyGrace        after which a body has to have had its rate on average since its first byte
/// @param bodyBytesASecond that rate; less is 408
/// @param stall            how long a client may take nothing of what is written
/// @param idle             how long nothing may move between requests
/// @param look             between two looks at all connections of one event loop
public record PeerLimits(
        int atOnce, int perAddress, int fields, Duration head, Duration bodyGrace, int bodyBytesASecond, Duration stall,
        Duration idle, Duration look) {

    public static final PeerLimits DEFAULT = new PeerLimits(
            50_000, Integer.MAX_VALUE, 100, Duration.ofSeconds(5), Duration.ofSeconds(5), 1024, Duration.ofSeconds(10),
            Duration.ofSeconds(75), Duration.ofMillis(250));

    public PeerLimits {
        if (atOnce < 1 || perAddress < 1 || fields < 1 || bodyBytesASecond < 0)
            throw new IllegalArgumentException(
                    atOnce + " at once, " + perAddress + " an address, " + fields + " fields, " + bodyBytesASecond
                            + " bytes a second");
        requireNonNull(head, "head");
        requireNonNull(bodyGrace, "bodyGrace");
        requireNonNull(stall, "stall");
        requireNonNull(idle, "idle");
        if (!look.isPositive()) throw new IllegalArgumentException("look every " + look);
    }

    /// As configured.
    public static PeerLimits of(ClientLimits limits) {
        return new PeerLimits(limits.connections(), limits.perAddress(), DEFAULT.fields, limits.head(),
                DEFAULT.bodyGrace, limits.bodyRate(), limits.write(), limits.idle(), DEFAULT.look);
    }

    PeerLimits withConnections(int atOnce, int perAddress) {
        return new PeerLimits(atOnce, perAddress, fields, head, bodyGrace, bodyBytesASecond, stall, idle, look);
    }

    PeerLimits withTimes(Duration head, Duration bodyGrace, Duration stall, Duration idle) {
        return new PeerLimits(atOnce, perAddress, fields, head, bodyGrace, bodyBytesASecond, stall, idle, look);
    }

    PeerLimits withLook(Duration look) {
        return new PeerLimits(atOnce, perAddress, fields, head, bodyGrace, bodyBytesASecond, stall, idle, look);
    }
}
