package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every step of a hand-over by itself, in one thread: workers, loop and timer do what they are told to. What mutation testing
/// is run with (T22); [HandoverTest] has the races.
class HandoverStepsTest {
    private static final Response DONE = Response.empty(200);

    private final List<Runnable> jobs = new ArrayList<>(), onLoop = new ArrayList<>(), planned = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();
    private static final long FLOOR = 10;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 50); // so that it overflows on the way
    private final Deadline deadline = new Deadline(now::get, now.get() + 100, FLOOR);
    private final List<String> late = new ArrayList<>();
    private Offload offload = new Offload(jobs::add, 2);

    private @Nullable Handover begin(Function<Waiting, Response> job) {
        return Handover.begin(offload, deadline, job, onLoop::add, (delay, task) -> {
            assertThat(delay).isEqualTo(deadline.left());
            planned.add(task);
            return () -> planned.remove(task);
        }, verdicts::add, () -> late.add("late"));
    }

    private void work() {
        jobs.removeFirst().run();
    }

    private void loop() {
        while (!onLoop.isEmpty()) onLoop.removeFirst().run();
    }

    @Test
    void an_answer_in_time_is_the_verdict() {
        begin(_ -> DONE);
        assertThat(offload.counts().free()).isEqualTo(1);
        work();
        assertThat(verdicts).as("told on the loop only").isEmpty();
        assertThat(offload.counts().free()).isEqualTo(2);
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Answer(DONE));
        assertThat(planned).as("timers that are left").isEmpty();
        assertThat(offload.counts().started()).isEqualTo(1);
        assertThat(offload.counts().answered()).isEqualTo(1);
        assertThat(offload.counts().late()).isZero();
    }

    @Test
    void what_a_handler_throws_is_the_verdict() {
        IllegalStateException thrown = new IllegalStateException("on purpose");
        begin(_ -> {
            throw thrown;
        });
        work();
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Failed(thrown));
        assertThat(offload.counts().failed()).isEqualTo(1);
        assertThat(offload.counts().free()).isEqualTo(2);
    }

    @Test
    void a_deadline_in_the_middle_is_the_verdict_and_the_handler_is_told() {
        begin(waiting -> cutOff(waiting, () -> planned.getFirst().run()));
        work();
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Expired());
        assertThat(seen).as("over, time left, over after it, permits while it works")
                .containsExactly(false, true, true, 1);
        assertThat(planned).isEmpty();
        assertThat(offload.counts().expired()).isEqualTo(1);
        assertThat(offload.counts().late()).isEqualTo(1);
        assertThat(late).hasSize(1);
        assertThat(offload.counts().answered()).isZero();
    }

    @Test
    void a_connection_that_goes_in_the_middle_is_the_verdict() {
        List<Handover> handovers = new ArrayList<>();
        handovers.add(begin(waiting -> cutOff(waiting, () -> handovers.getFirst().gone())));
        work();
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Gone());
        assertThat(seen).containsExactly(false, true, true, 1);
        assertThat(planned).isEmpty();
        assertThat(offload.counts().gone()).isEqualTo(1);
        assertThat(offload.counts().late()).isEqualTo(1);
        assertThat(late).hasSize(1);
    }

    /// Notes what the handler sees before and after; what it throws would be dropped as late.
    private Response cutOff(Waiting waiting, Runnable cut) {
        seen.add(waiting.isOver());
        seen.add(waiting.left().isPositive());
        cut.run();
        seen.add(waiting.isOver());
        seen.add(offload.counts().free());
        return DONE;
    }

    @Test
    void whoever_comes_after_the_verdict_changes_nothing() {
        Handover handover = begin(_ -> DONE);
        Runnable deadline = planned.getFirst();
        work();
        handover.gone();
        deadline.run();
        loop();
        handover.gone();
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Answer(DONE));
    }

    @Test
    void without_a_permit_nothing_is_started() {
        begin(_ -> DONE);
        begin(_ -> DONE);
        assertThat(begin(_ -> DONE)).isNull();
        assertThat(jobs).hasSize(2);
        assertThat(planned).hasSize(2);
        assertThat(offload.counts().refused()).isEqualTo(1);
        assertThat(offload.counts().free()).isZero();
    }

    @Test
    void workers_that_refuse_start_nothing_and_keep_no_permit() {
        offload = new Offload(_ -> {
            throw new RejectedExecutionException("on purpose");
        }, 2);
        assertThat(begin(_ -> DONE)).isNull();
        assertThat(planned).isEmpty();
        assertThat(offload.counts().refused()).isEqualTo(1);
        assertThat(offload.counts().free()).isEqualTo(2);
    }

    @Test
    void the_end_of_the_server_in_the_middle_is_the_verdict() {
        List<Handover> handovers = new ArrayList<>();
        handovers.add(begin(waiting -> cutOff(waiting, () -> handovers.getFirst().drain())));
        work();
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Draining());
        assertThat(planned).isEmpty();
        assertThat(offload.counts().draining()).isEqualTo(1);
        assertThat(late).hasSize(1);
    }

    /// I20: what is refused has not run, and does not run later.
    @Test
    void whoever_comes_before_a_worker_takes_the_job_back() {
        Handover gone = begin(_ -> DONE);
        gone.gone();
        begin(_ -> DONE);
        planned.getLast().run();
        assertThat(offload.counts().free()).as("the work has not ended").isZero();
        work();
        work();
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Unstarted(false), new Verdict.Unstarted(true));
        assertThat(planned).isEmpty();
        assertThat(offload.counts().unstarted()).isEqualTo(2);
        assertThat(offload.counts().started()).isZero();
        assertThat(offload.counts().free()).isEqualTo(2);
        assertThat(late).isEmpty();
    }

    @Test
    void the_end_of_the_server_takes_the_job_back_and_answers() {
        begin(_ -> DONE).drain();
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Unstarted(true));
    }

    @Test
    void a_worker_that_has_less_than_the_floor_does_not_begin() {
        begin(_ -> DONE);
        begin(_ -> DONE);
        now.addAndGet(100 - FLOOR);
        work();
        now.incrementAndGet();
        work();
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Answer(DONE), new Verdict.Unstarted(true));
        assertThat(offload.counts().started()).isEqualTo(1);
        assertThat(offload.counts().free()).isEqualTo(2);
    }

    @Test
    void what_is_left_is_never_less_than_nothing() {
        List<Duration> left = new ArrayList<>();
        begin(waiting -> {
            for (int i = 0; i < 3; i++) {
                left.add(waiting.left());
                now.addAndGet(60);
            }
            return DONE;
        });
        work();
        assertThat(left).containsExactly(Duration.ofNanos(100), Duration.ofNanos(40), Duration.ZERO);
    }

    @Test
    void a_deadline_without_a_floor_allows_work_as_long_as_there_is_time() {
        Deadline bare = new Deadline(now::get, now.get() + 1, 0);
        assertThat(bare.allowsStart()).isTrue();
        assertThat(bare.isPast()).isFalse();
        assertThat(bare.leftNanos()).isEqualTo(1);
        now.incrementAndGet();
        assertThat(bare.allowsStart()).isFalse();
        assertThat(bare.isPast()).isTrue();
        now.incrementAndGet();
        assertThat(bare.leftNanos()).isEqualTo(-1);
        assertThat(bare.isPast()).isTrue();
    }

    @Test
    void a_worker_that_is_out_5_s_after_its_deadline_is_stuck_until_it_is_back() {
        begin(_ -> {
            now.addAndGet(100 + 5_000_000_000L - 1);
            seen.add(offload.stuck().size());
            now.incrementAndGet();
            seen.add(offload.stuck().size());
            seen.add(offload.counts().stuck());
            seen.add(offload.counts().free());
            seen.add(offload.stuck().getFirst().whereabouts()[0].getClassName());
            return DONE;
        });
        work();
        assertThat(seen).as("a moment before, then, and where it is")
                .containsExactly(0, 1, 1, 1, Thread.class.getName());
        assertThat(offload.stuck()).isEmpty();
        assertThat(offload.counts().stuck()).isZero();
        assertThat(offload.counts().free()).isEqualTo(2);
    }

    @Test
    void a_job_that_no_worker_has_begun_is_not_stuck() {
        begin(_ -> DONE);
        now.addAndGet(100 + 5_000_000_000L);
        assertThat(offload.stuck()).isEmpty();
    }

    @Test
    void who_has_not_begun_is_nowhere() {
        Handover handover = begin(_ -> DONE);
        assertThat(handover.whereabouts()).isEmpty();
        assertThat(handover.overdueNanos()).isEqualTo(-100);
    }

    @Test
    void there_is_at_least_one_permit() {
        assertThat(offload.atOnce()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> new Offload(jobs::add, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Offload(jobs::add, 1, -1));
    }

    @Test
    void nobody_has_to_be_told_that_a_job_was_late() {
        Handover handover = Handover.begin(
                offload, deadline, _ -> DONE, onLoop::add, (_, _) -> () -> {}, verdicts::add);
        assertThat(handover).isNotNull();
        work();
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Answer(DONE));
    }

    @Test
    void so_many_as_may_wait_for_a_worker_and_who_has_waited_the_longest_gets_the_next() {
        List<String> worked = new ArrayList<>();
        Offload one = new Offload(jobs::add, 1, 2);
        assertThat(one.hand(() -> worked.add("first"))).isTrue();
        assertThat(one.hasEnough()).as("somebody waits").isFalse();
        assertThat(one.hand(() -> worked.add("second"))).isTrue();
        assertThat(one.hand(() -> worked.add("third"))).isTrue();
        assertThat(one.hand(() -> worked.add("one too many"))).isFalse();
        assertThat(one.hasEnough()).isTrue();
        assertThat(one.counts().waiting()).isEqualTo(2);
        for (int left = 2; left >= 0; left--) {
            assertThat(jobs).hasSize(1);
            work();
            one.returnPermit();
            assertThat(one.counts().waiting()).isEqualTo(Math.max(0, left - 1));
        }
        assertThat(worked).containsExactly("first", "second", "third");
        assertThat(jobs).isEmpty();
        assertThat(one.counts().free()).isEqualTo(1);
    }

    @Test
    void nobody_overtakes_those_who_wait() {
        Offload one = new Offload(jobs::add, 1, 3);
        List<String> worked = new ArrayList<>();
        assertThat(one.hand(() -> worked.add("first"))).isTrue();
        assertThat(one.hand(() -> worked.add("second"))).isTrue();
        work();
        one.returnPermit();
        assertThat(one.hand(() -> worked.add("third"))).isTrue();
        work();
        one.returnPermit();
        work();
        assertThat(worked).containsExactly("first", "second", "third");
    }

    @Test
    void who_waits_when_workers_are_no_longer_to_be_had_leaves_its_permit() {
        List<Runnable> taken = new ArrayList<>();
        Offload one = new Offload(job -> {
            if (!taken.isEmpty()) throw new RejectedExecutionException("no more");
            taken.add(job);
        }, 1, 2);
        assertThat(one.hand(() -> {})).isTrue();
        assertThat(one.hand(() -> {})).isTrue();
        assertThat(one.hand(() -> {})).isTrue();
        one.returnPermit();
        assertThat(one.counts().waiting()).isZero();
        assertThat(one.counts().free()).isEqualTo(1);
    }

    @Test
    void a_job_that_waits_and_is_not_wanted_any_more_leaves_the_line() {
        offload = new Offload(jobs::add, 1, 1);
        begin(_ -> DONE);
        Handover waiting = begin(_ -> DONE);
        assertThat(offload.counts().waiting()).isEqualTo(1);
        waiting.gone();
        assertThat(offload.counts().waiting()).isZero();
        offload.takeBack(() -> {});
        assertThat(offload.counts().waiting()).as("who did not wait leaves nothing").isZero();
        work();
        assertThat(jobs).isEmpty();
        assertThat(offload.counts().free()).isEqualTo(1);
        loop();
        assertThat(verdicts).containsExactly(new Verdict.Unstarted(false), new Verdict.Answer(DONE));
    }

    @Test
    void a_slot_takes_the_first_and_says_so() {
        Slot<String> slot = new Slot<>();
        assertThat(slot.isDecided()).isFalse();
        Consumer<String> refused = verdict -> assertThat(slot.offer(verdict)).isFalse();
        assertThat(slot.offer("first")).isTrue();
        refused.accept("first");
        refused.accept("second");
        assertThat(slot.isDecided()).isTrue();
    }
}
