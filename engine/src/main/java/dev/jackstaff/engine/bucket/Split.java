package dev.jackstaff.engine.bucket;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// An audience divided by weight: every variation owns a run of buckets, and a key's bucket decides.
///
/// Weights are percent but need not add up to 100: a bucket is 1/1000 of a percent point, and there are as many as the
/// weights make together. Variations lie in descending byte order of their names, as in GO Feature Flag (`rule.go`,
/// `getPercentageBuckets`); any other order would move users on migration. Immutable.
public final class Split {
    private static final Comparator<String> DESCENDING = Buckets.BYTE_ORDER.reversed();

    private final String[] variations;
    /// Variation `i` owns the buckets from `cuts[i]` (inclusive) to `cuts[i + 1]` (exclusive).
    private final long[] cuts;
    private final long buckets;
    private final boolean complete;

    private Split(String[] variations, double[] weights) {
        this.variations = variations;
        this.buckets = modulus(weights);
        this.cuts = cuts(weights);
        this.complete = buckets > 0 && noneIsNegative(weights);
        if (complete) closeGap(weights);
    }

    /// @param weights variation name to percent, in any order
    public static Split of(Map<String, Double> weights) {
        String[] variations = weights.keySet().toArray(new String[0]);
        Arrays.sort(variations, DESCENDING);
        double[] shares = new double[variations.length];
        for (int i = 0; i < shares.length; i++) shares[i] = weights.getOrDefault(variations[i], 0.0);
        return new Split(variations, shares);
    }

    /// The variations in bucket order.
    public List<String> variations() {
        return List.of(variations);
    }

    /// How many buckets there are; 0 when the weights add up to less than one.
    public long buckets() {
        return buckets;
    }

    /// The first bucket of variation `index`. `from(i + 1)` is where it ends, exclusively.
    public long from(int index) {
        return cuts[index];
    }

    /// Whether every bucket has an owner. Not where weights are negative or add up to less than one bucket.
    public boolean isComplete() {
        return complete;
    }

    private static boolean noneIsNegative(double[] weights) {
        for (double weight : weights) if (weight < 0) return false;
        return true;
    }

    /// The bucket of a hash.
    public long bucket(int hash) {
        return Buckets.bucket(hash, buckets);
    }

    /// The index in [#variations] of the variation that owns `bucket`, or -1 when none does.
    ///
    /// Where negative weights make runs overlap, the first in order has it; the original draws one by chance.
    ///
    /// Cost: O(variations), no allocation.
    public int owner(long bucket) {
        for (int i = 0; i < variations.length; i++) if (cuts[i] <= bucket && bucket < cuts[i + 1]) return i;
        return -1;
    }

    /// The original adds the weights up in random order, so with three or more fractional ones the sum, and with it
    /// everybody's bucket, changes from call to call. Here the order is fixed: the largest sum of four orders, each of
    /// which the original takes at times, and which is its only sum where order does not matter.
    private static long modulus(double[] weights) {
        double[] byValue = weights.clone();
        Arrays.sort(byValue);
        return Math.max(
                Math.max(upwards(weights), downwards(weights)), Math.max(upwards(byValue), downwards(byValue)));
    }

    private static long upwards(double[] weights) {
        double sum = 0;
        for (double weight : weights) sum += weight;
        return Buckets.toUnsigned(Buckets.inBuckets(sum));
    }

    private static long downwards(double[] weights) {
        double sum = 0;
        for (int i = weights.length - 1; i >= 0; i--) sum += weights[i];
        return Buckets.toUnsigned(Buckets.inBuckets(sum));
    }

    private static long[] cuts(double[] weights) {
        long[] cuts = new long[weights.length + 1];
        double end = 0;
        for (int i = 0; i < weights.length; i++) {
            end += Buckets.inBuckets(weights[i]);
            cuts[i + 1] = Buckets.toUnsigned(end);
        }
        return cuts;
    }

    /// The ends are rounded at every step and the modulus once, so the last run may end a bucket early. It is drawn out
    /// to the modulus: nobody is left without a variation.
    private void closeGap(double[] weights) {
        int last = -1;
        for (int i = 0; i < weights.length; i++) if (weights[i] > 0) last = i;
        for (int i = last + 1; i < cuts.length; i++) cuts[i] = Math.max(cuts[i], buckets);
    }
}
