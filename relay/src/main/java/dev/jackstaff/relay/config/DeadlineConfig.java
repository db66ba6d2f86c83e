package dev.jackstaff.relay.config;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How long requests may take, and whose word on that counts: what stands below `deadline`. Immutable.
///
/// @param server         of every request
/// @param evaluate       of one flag; never longer than `server`
/// @param bulk           of all flags; never longer than `server`
/// @param collector      of collected events; never longer than `server`
/// @param refresh        of flags that are read by hand; never longer than `server`
/// @param margin         taken off what a header grants: the time to write the answer
/// @param floor          what must be left for work to begin
/// @param headers        the names, in lower case, of those that can shorten a limit
/// @param refuseFraction the share of requests that headers alone may have refused
/// @param split          whether 504 tells that something may have been done; 503 tells all otherwise
/// @param trustedProxies whose time stamps count
public record DeadlineConfig(
        Duration server, Duration evaluate, Duration bulk, Duration collector, Duration refresh, Duration margin,
        Duration floor, List<String> headers, double refuseFraction, boolean split,
        List<AddressRange> trustedProxies) {
    private static final int LONGEST = 60_000;

    /// Those whose form is known; one more may be named, of whole milliseconds.
    public static final List<String> HEADERS =
            List.of("grpc-timeout", "x-envoy-expected-rq-timeout-ms", "connect-timeout-ms", "prefer");

    public static final DeadlineConfig DEFAULT = new DeadlineConfig(
            Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5),
            Duration.ofSeconds(30), Duration.ofMillis(5), Duration.ofMillis(1), HEADERS, 0.2, true, List.of());

    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,64}");

    public DeadlineConfig {
        requireNonNull(server, "server");
        requireNonNull(evaluate, "evaluate");
        requireNonNull(bulk, "bulk");
        requireNonNull(collector, "collector");
        requireNonNull(refresh, "refresh");
        requireNonNull(margin, "margin");
        requireNonNull(floor, "floor");
        headers = List.copyOf(headers);
        trustedProxies = List.copyOf(trustedProxies);
    }

    static DeadlineConfig read(Section deadline) {
        Section route = deadline.section("route");
        return new DeadlineConfig(
                server(deadline),
                limit(route, "evaluate", DEFAULT.evaluate),
                limit(route, "bulk", DEFAULT.bulk),
                limit(route, "collector", DEFAULT.collector),
                limit(route, "refresh", DEFAULT.refresh),
                millis(deadline, "margin", DEFAULT.margin, 0),
                millis(deadline, "floor", DEFAULT.floor, 0),
                headers(deadline),
                refuseFraction(deadline),
                isSplit(deadline),
                trustedProxies(deadline));
    }

    /// 0 is the longest there is, and never none (I12 of the design).
    private static Duration server(Section deadline) {
        Duration limit = millis(deadline, "server", DEFAULT.server, 0);
        return limit.isZero() ? Duration.ofMillis(LONGEST) : limit;
    }

    private static Duration limit(Section route, String key, Duration byDefault) {
        return millis(route, key, byDefault, 1);
    }

    private static Duration millis(Section section, String key, Duration byDefault, int least) {
        long millis = section.wholeNumber(key, byDefault.toMillis());
        if (millis >= least && millis <= LONGEST) return Duration.ofMillis(millis);
        section.error(key, section.node(key), "no time limit: " + millis, "milliseconds, " + least + " to " + LONGEST);
        return byDefault;
    }

    private static List<String> headers(Section deadline) {
        if (!deadline.has("headers")) return deadline.told("headers", HEADERS);
        List<String> names = new ArrayList<>();
        int own = 0;
        for (Node.Scalar text : deadline.texts("headers")) {
            String name = text.source().toLowerCase(Locale.ROOT);
            if (name.isEmpty() || names.contains(name)) continue;
            if (!NAME.matcher(name).matches())
                deadline.error("headers", text, "no name of a header: \"" + text.source() + "\"", null);
            else if (isTimeStamp(name))
                deadline.error("headers", text, text.source() + " is a time stamp and no time limit",
                        "deadline.trustedProxies, for the addresses whose time stamps count");
            else if (!HEADERS.contains(name) && ++own > 1)
                deadline.error("headers", text, "one header of your own is read, and " + text.source() + " is another",
                        String.join(", ", HEADERS) + " and one more");
            else
                names.add(name);
        }
        return deadline.told("headers", names);
    }

    private static boolean isTimeStamp(String name) {
        return name.equals("x-request-start") || name.equals("x-queue-start");
    }

    private static double refuseFraction(Section deadline) {
        double fraction = deadline.number("refuseFraction", DEFAULT.refuseFraction);
        if (fraction >= 0 && fraction <= 1) return fraction;
        deadline.error("refuseFraction", deadline.node("refuseFraction"), "no fraction: " + fraction, "0 to 1");
        return DEFAULT.refuseFraction;
    }

    private static boolean isSplit(Section deadline) {
        String status = deadline.text("status", "split");
        if (!status.equals("split") && !status.equals("503"))
            deadline.error("status", deadline.node("status"), "no status: \"" + status + "\"", "split or 503");
        return !status.equals("503");
    }

    private static List<AddressRange> trustedProxies(Section deadline) {
        List<AddressRange> ranges = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Node.Scalar text : deadline.texts("trustedProxies")) {
            if (text.source().isEmpty()) continue;
            AddressRange range = AddressRange.of(text.source());
            if (range == null)
                deadline.error("trustedProxies", text, "no address or range of addresses: \"" + text.source() + "\"",
                        "such as 10.0.0.0/8 or 2001:db8::1");
            else if (texts.add(text.source()))
                ranges.add(range);
        }
        deadline.told("trustedProxies", texts);
        return ranges;
    }
}
