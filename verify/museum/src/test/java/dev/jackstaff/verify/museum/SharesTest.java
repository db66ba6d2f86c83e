package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// E-D3: shares were added up in the random order of a map. Fractions do not add up to the same number in every order, so the
/// number of buckets, and with it most users' variation, changed from one evaluation to the next.
class SharesTest implements Exhibit<UnaryOperator<String>> {
    private static final List<Double> SHARES = List.of(33.3, 33.3, 33.4);
    private static final int TIMES = 20;

    @Override
    public UnaryOperator<String> twin() {
        Random order = new Random(1);
        return user -> {
            List<Double> shares = new ArrayList<>(SHARES);
            Collections.shuffle(shares, order);
            double sum = 0;
            for (double share : shares) sum += share;
            int bucket = Math.floorMod(user.hashCode() * 31, (int) (sum * 1000));
            return bucket < 33_300 ? "a" : bucket < 66_600 ? "b" : "c";
        };
    }

    /// Loaded anew for each answer: what is fixed when a flag is loaded has to be the same each time.
    @Override
    public UnaryOperator<String> ours() {
        List<Snapshot> loads = IntStream.range(0, TIMES).mapToObj(_ -> Flags.compiled("""
                f:
                  variations: {a: 1, b: 2, c: 3}
                  defaultRule: {percentage: {a: %s, b: %s, c: %s}}
                """.formatted(SHARES.toArray()), CompileOptions.DEFAULT)).toList();
        int[] next = {0};
        return user -> loads.get(next[0]++ % TIMES).evaluate("f", Flags.user(user), Flags.NOW).variation();
    }

    @Override
    public Optional<String> examine(UnaryOperator<String> variationOf) {
        long moved = IntStream.range(0, 300)
                .mapToObj(i -> "user-" + i)
                .filter(user -> IntStream.range(0, TIMES).mapToObj(_ -> variationOf.apply(user)).distinct().count() > 1)
                .count();
        return Exhibit.when(moved > 0, moved + " of 300 users got different variations");
    }
}
