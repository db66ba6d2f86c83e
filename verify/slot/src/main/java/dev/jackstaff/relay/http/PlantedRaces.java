package dev.jackstaff.relay.http;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// The mistake that [SlotRaces] would have to find in [Slot], planted.
public final class PlantedRaces {
    private PlantedRaces() {}

    private static int wins(boolean won) {
        return won ? 1 : 0;
    }

    /// It looks before it writes.
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one winner, and nobody after it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "not one verdict")
    @State
    public static class TwoOffers {
        private final LookThenWrite<String> slot = new LookThenWrite<>();
        private int first, second;

        @Actor
        public void first() {
            first = wins(slot.offer("first"));
        }

        @Actor
        public void second() {
            second = wins(slot.offer("second"));
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = first + second;
            result.r2 = wins(slot.offer("late"));
        }
    }
}
