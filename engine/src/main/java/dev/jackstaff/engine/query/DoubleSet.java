package dev.jackstaff.engine.query;

import java.util.Arrays;

/// Which numbers are in a list, as Go's `==` sees it: the two zeros are equal, NaN is in no set. Immutable.
///
/// Open addressing at a load of at most one half: looking up allocates nothing and does not depend on the size.
final class DoubleSet {
    private final double[] slots;
    private final int shift;

    DoubleSet(double[] members) {
        int capacity = Integer.highestOneBit(Math.max(members.length, 1)) << 2;
        this.slots = new double[capacity];
        this.shift = Long.numberOfLeadingZeros(capacity) + 1;
        Arrays.fill(slots, Double.NaN);
        for (double member : members) if (!Double.isNaN(member)) slots[slotOf(member)] = member;
    }

    boolean contains(double number) {
        return !Double.isNaN(number) && slots[slotOf(number)] == number;
    }

    /// Where `number` is, or the free slot where it would be.
    private int slotOf(double number) {
        long bits = Double.doubleToLongBits(number + 0.0); // makes one zero of two
        bits ^= bits >>> 32;
        int slot = (int) ((bits * 0x9E3779B97F4A7C15L) >>> shift); // the high bits depend on all others
        while (slots[slot] != number && !Double.isNaN(slots[slot])) slot = slot + 1 & slots.length - 1;
        return slot;
    }
}
