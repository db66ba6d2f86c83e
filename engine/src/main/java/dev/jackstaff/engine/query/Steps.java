package dev.jackstaff.engine.query;

/// Arithmetic on upper bounds of steps, which ends at [Long#MAX_VALUE] instead of turning negative.
final class Steps {
    static final long UNBOUNDED = Long.MAX_VALUE;

    private Steps() {}

    static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? UNBOUNDED : sum;
    }

    static long product(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long product = a * b;
        return high != 0 || product < 0 ? UNBOUNDED : product;
    }
}
