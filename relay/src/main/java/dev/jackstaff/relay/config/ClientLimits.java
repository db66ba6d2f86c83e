package dev.jackstaff.relay.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much the relay takes on, how many connections it has, and how slow they may be: what stands below `limits`.
/// Immutable.
///
/// @param connections on each port
/// @param perAddress  of these from one address
/// @param head        how long the head of a request may take
/// @param write       how long a client may take nothing of an answer
/// @param idle        how long nothing may move between requests
/// @param bodyRate    bytes a second that a body needs on average, from its sixth second on; 0 for any
/// @param queue       how long requests may wait to be read, when that does not pass; zero for any time
public record ClientLimits(
        int connections, int perAddress, Duration head, Duration write, Duration idle, int bodyRate,
        Duration queue) {
    public static final ClientLimits DEFAULT = new ClientLimits(
            50_000, 50_000, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(75), 1024,
            Duration.ofMillis(100));

    public ClientLimits {
        requireNonNull(head, "head");
        requireNonNull(write, "write");
        requireNonNull(idle, "idle");
        requireNonNull(queue, "queue");
    }

    static ClientLimits read(Section limits) {
        int connections = number(limits, "connections", DEFAULT.connections, 1);
        return new ClientLimits(
                connections,
                number(limits, "connectionsPerAddress", connections, 1),
                time(limits, "headTimeout", DEFAULT.head, 1),
                time(limits, "writeTimeout", DEFAULT.write, 1),
                time(limits, "idleTimeout", DEFAULT.idle, 1),
                number(limits, "bodyRate", DEFAULT.bodyRate, 0),
                time(limits, "queueTime", DEFAULT.queue, 0));
    }

    private static Duration time(Section limits, String key, Duration byDefault, int least) {
        return Duration.ofMillis(number(limits, key, Math.toIntExact(byDefault.toMillis()), least));
    }

    private static int number(Section limits, String key, int byDefault, int least) {
        long number = limits.wholeNumber(key, byDefault);
        if (number >= least && number <= Integer.MAX_VALUE) return (int) number;
        limits.error(key, limits.node(key), "no limit: " + number, "a whole number from " + least + " on");
        return byDefault;
    }
}
