package dev.jackstaff.relay.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What became of every request that was read, by place, outcome and status (I11). When nothing is under way, the requests that
/// were begun are those that were not refused, and as many handlers have ended: in time, or late.
///
/// Cost: array reads and additions. Thread-safe.
public final class Accounts {
    /// The verdicts, and two that need none.
    public enum Outcome {
        ANSWER,
        FAILED,
        EXPIRED,
        GONE,
        DRAINING,
        /// No handler ran.
        REFUSED,
        /// Became a stream, which has ended.
        STREAM
    }

    /// @param status as written; 0 where nobody was there to read
    public record Line(String template, Outcome outcome, int status, long requests) {}

    /// @param late handlers that ended when their answer had been decided without them
    public record Late(String template, long late) {}

    /// @param seconds upper bounds, the last one infinite
    /// @param counts  of requests that had so much left and more than the bound before
    public record Left(List<Double> seconds, List<Long> counts, double sum) {
        public Left {
            seconds = List.copyOf(seconds);
            counts = List.copyOf(counts);
        }
    }

    private static final int STATUSES = 600;
    private static final double NANOS = 1e9;
    private static final List<Double> SECONDS = List.of(
            0.0, .001, .005, .01, .05, .1, .25, .5, .9, 1.0, 2.0, 5.0, 10.0, 30.0, Double.POSITIVE_INFINITY);
    private static final long[] BOUNDS = SECONDS.stream()
            .mapToLong(seconds -> seconds > Long.MAX_VALUE / NANOS ? Long.MAX_VALUE : (long) (seconds * NANOS))
            .toArray();

    private static final class AtPlace {
        private final String template;
        private final LongAdder late = new LongAdder();
        private final Map<Outcome, AtomicReferenceArray<@Nullable LongAdder>> requests = new EnumMap<>(Outcome.class);

        AtPlace(String template) {
            this.template = template;
            for (Outcome outcome : Outcome.values()) requests.put(outcome, new AtomicReferenceArray<>(STATUSES));
        }

        void count(Outcome outcome, int status) {
            AtomicReferenceArray<@Nullable LongAdder> statuses = Objects.requireNonNull(requests.get(outcome));
            LongAdder adder = statuses.get(status);
            if (adder == null) {
                statuses.compareAndSet(status, null, new LongAdder());
                adder = Objects.requireNonNull(statuses.get(status));
            }
            adder.increment();
        }

        void addTo(List<Line> lines) {
            requests.forEach((outcome, statuses) -> {
                for (int status = 0; status < STATUSES; status++) {
                    LongAdder adder = statuses.get(status);
                    if (adder != null) lines.add(new Line(template, outcome, status, adder.sum()));
                }
            });
        }
    }

    private final AtPlace[] places;
    private final LongAdder[] left = new LongAdder[BOUNDS.length];
    private final LongAdder allLeft = new LongAdder();
    private final Map<RouteClass, LongAdder> overRate = new EnumMap<>(RouteClass.class);

    /// @param places of one listener, by their numbers
    Accounts(List<Place> places) {
        this.places = places.stream().map(place -> new AtPlace(place.template())).toArray(AtPlace[]::new);
        Arrays.setAll(left, _ -> new LongAdder());
        for (RouteClass kind : RouteClass.values()) overRate.put(kind, new LongAdder());
    }

    void count(Place place, Outcome outcome, int status) {
        places[place.number()].count(outcome, status);
    }

    void late(Place place) {
        places[place.number()].late.increment();
    }

    /// Counts a request that was refused because its caller asks too often.
    void overRate(RouteClass kind) {
        Objects.requireNonNull(overRate.get(kind)).increment();
    }

    /// How many were refused because their caller asks too often; they are among the refused.
    public long refusedOverRate(RouteClass kind) {
        return Objects.requireNonNull(overRate.get(kind)).sum();
    }

    /// Counts how much was left at a verdict.
    void left(long nanos) {
        int i = 0;
        while (nanos > BOUNDS[i]) i++;
        left[i].increment();
        allLeft.add(nanos);
    }

    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (AtPlace place : places) place.addTo(lines);
        return lines;
    }

    public List<Late> late() {
        return Arrays.stream(places).map(place -> new Late(place.template, place.late.sum())).toList();
    }

    public Left left() {
        return new Left(SECONDS, Arrays.stream(left).map(LongAdder::sum).toList(), allLeft.sum() / NANOS);
    }
}
