package dev.jackstaff.engine.snapshot;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.bucket.Buckets;
import dev.jackstaff.engine.bucket.Ramp;
import dev.jackstaff.engine.bucket.Split;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.evaluation.Trace.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a rule gives to those it matches: one of the answers built when the flag was compiled. Immutable.
///
/// An abstract class and not an interface: picking is on the path of every evaluation, and a class call is cheaper where
/// a caller sees all four kinds.
abstract sealed class Assignment {

    /// The answer for the user with the bucketing key `key`. Allocates nothing.
    abstract Evaluation pick(String key, Instant now);

    /// How [#pick] comes to `picked`.
    abstract Trace.Assignment explain(String key, Instant now, Evaluation picked);

    /// One variation for everybody.
    static final class Fixed extends Assignment {
        private final Evaluation answer;

        Fixed(Evaluation answer) {
            this.answer = answer;
        }

        @Override
        Evaluation pick(String key, Instant now) {
            return answer;
        }

        @Override
        Trace.Assignment explain(String key, Instant now, Evaluation picked) {
            return new Trace.Assignment("variation", answer.variation(), null, 0, List.of(), null);
        }
    }

    /// Nothing: the rule does not say what to give, or not completely.
    static final class Missing extends Assignment {
        private final String strategy;
        private final Evaluation error;

        /// @param strategy what the rule tries, as it is called in flag files
        Missing(String strategy, Evaluation error) {
            this.strategy = strategy;
            this.error = error;
        }

        @Override
        Evaluation pick(String key, Instant now) {
            return error;
        }

        @Override
        Trace.Assignment explain(String key, Instant now, Evaluation picked) {
            return new Trace.Assignment(strategy, null, null, 0, List.of(), null);
        }
    }

    /// A variation by percentage.
    static final class Percentage extends Assignment {
        private final int seed;
        private final Split split;
        private final Evaluation[] answers;
        private final @Nullable Evaluation nobody;

        /// @param answers in the order of the split's variations
        /// @param nobody  the answer for buckets that nobody owns; null where the split is complete
        Percentage(int seed, Split split, Evaluation[] answers, @Nullable Evaluation nobody) {
            this.seed = seed;
            this.split = split;
            this.answers = answers;
            this.nobody = nobody;
        }

        @Override
        Evaluation pick(String key, Instant now) {
            int owner = split.owner(split.bucket(Buckets.hash(seed, key)));
            return owner < 0 ? requireNonNull(nobody) : answers[owner];
        }

        @Override
        Trace.Assignment explain(String key, Instant now, Evaluation picked) {
            List<Range> ranges = new ArrayList<>();
            for (int i = 0; i < answers.length; i++)
                ranges.add(new Range(answers[i].variation(), split.from(i), split.from(i + 1)));
            long bucket = split.bucket(Buckets.hash(seed, key));
            return new Trace.Assignment("percentage", nameOf(picked), bucket, split.buckets(), ranges, null);
        }
    }

    /// From one variation to another over time.
    static final class Progressive extends Assignment {
        private final int seed;
        private final Ramp ramp;
        private final Evaluation initial;
        private final Evaluation end;

        Progressive(int seed, Ramp ramp, Evaluation initial, Evaluation end) {
            this.seed = seed;
            this.ramp = ramp;
            this.initial = initial;
            this.end = end;
        }

        @Override
        Evaluation pick(String key, Instant now) {
            return ramp.bucket(Buckets.hash(seed, key)) < ramp.share(now) ? end : initial;
        }

        @Override
        Trace.Assignment explain(String key, Instant now, Evaluation picked) {
            long share = Math.min(ramp.share(now), Ramp.BUCKETS);
            List<Range> ranges =
                    List.of(new Range(end.variation(), 0, share), new Range(initial.variation(), share, Ramp.BUCKETS));
            long bucket = ramp.bucket(Buckets.hash(seed, key));
            return new Trace.Assignment("progressiveRollout", nameOf(picked), bucket, Ramp.BUCKETS, ranges, now);
        }
    }

    private static @Nullable String nameOf(Evaluation picked) {
        return picked.failed() ? null : picked.variation();
    }
}
