package dev.jackstaff.relay.http;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// T1 of the design for deadlines: one verdict (I2), in every compilation mode.
///
/// jcstress gives every actor a core of its own and leaves out what has more actors than the machine cores; so there are four
/// offers on two cores as well.
public final class SlotRaces {
    private SlotRaces() {}

    private static int wins(boolean won) {
        return won ? 1 : 0;
    }

    /// A worker and the deadline.
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one winner, and nobody after it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "not one verdict")
    @State
    public static class TwoOffers {
        private final Slot<String> slot = new Slot<>();
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

    /// Two of each.
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one winner, and nobody after it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "not one verdict")
    @State
    public static class FourOffersOnTwoCores {
        private final Slot<String> slot = new Slot<>();
        private int first, second;

        @Actor
        public void first() {
            first = wins(slot.offer("first")) + wins(slot.offer("again"));
        }

        @Actor
        public void second() {
            second = wins(slot.offer("second")) + wins(slot.offer("again"));
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = first + second;
            result.r2 = wins(slot.offer("late"));
        }
    }

    /// And a connection that is reset.
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one winner, and nobody after it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "not one verdict")
    @State
    public static class ThreeOffers {
        private final Slot<String> slot = new Slot<>();
        private int first, second, third;

        @Actor
        public void first() {
            first = wins(slot.offer("first"));
        }

        @Actor
        public void second() {
            second = wins(slot.offer("second"));
        }

        @Actor
        public void third() {
            third = wins(slot.offer("third"));
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = first + second + third;
            result.r2 = wins(slot.offer("late"));
        }
    }

    /// And the end of the grace at shutdown.
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one winner, and nobody after it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "not one verdict")
    @State
    public static class FourOffers {
        private final Slot<String> slot = new Slot<>();
        private int first, second, third, fourth;

        @Actor
        public void first() {
            first = wins(slot.offer("first"));
        }

        @Actor
        public void second() {
            second = wins(slot.offer("second"));
        }

        @Actor
        public void third() {
            third = wins(slot.offer("third"));
        }

        @Actor
        public void fourth() {
            fourth = wins(slot.offer("fourth"));
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = first + second + third + fourth;
            result.r2 = wins(slot.offer("late"));
        }
    }

    /// Who has seen a verdict cannot make another one.
    @JCStressTest
    @Outcome(
            id = {"true, false, true", "false, false, true", "false, true, false"},
            expect = Expect.ACCEPTABLE,
            desc = "one winner, and none after it was seen")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a verdict that was seen was none")
    @State
    public static class OfferAndLook {
        private final Slot<String> slot = new Slot<>();

        @Actor
        public void look(ZZZ_Result result) {
            result.r1 = slot.isDecided();
            result.r2 = slot.offer("second");
        }

        @Actor
        public void offer(ZZZ_Result result) {
            result.r3 = slot.offer("first");
        }
    }
}
