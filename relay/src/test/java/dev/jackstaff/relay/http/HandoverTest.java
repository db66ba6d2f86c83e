package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.runtime.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Invariants I2, I3, I8, I10 and I11 of the design for deadlines: one verdict, one answer, no effect of what is late,
/// permits that come home with the work, and accounts that balance.
class HandoverTest {
    private static final Response DONE = Response.empty(200);

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService peer = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        workers.shutdown();
        peer.shutdownNow();
        loop.shutdownNow();
    }

    @Test
    void of_all_offers_to_a_slot_one_wins() throws Exception {
        assertThat(roundsWithoutOneWinner(2_000, () -> new Slot<Verdict>()::offer)).isZero();
    }

    /// Otherwise the test above proves nothing.
    @Test
    void a_slot_that_looks_before_it_writes_is_found_out() throws Exception {
        assertThat(roundsWithoutOneWinner(2_000, () -> new LookThenWrite()::offer)).isPositive();
    }

    private static final class LookThenWrite {
        private volatile @Nullable Verdict verdict;

        boolean offer(Verdict offered) {
            if (verdict != null) return false;
            LockSupport.parkNanos(1);
            verdict = offered;
            return true;
        }
    }

    private static int roundsWithoutOneWinner(int rounds, Supplier<Predicate<Verdict>> slots) throws Exception {
        int offerers = 3, wrong = 0;
        CyclicBarrier together = new CyclicBarrier(offerers);
        try (ExecutorService threads = Executors.newFixedThreadPool(offerers)) {
            for (int round = 0; round < rounds; round++) {
                Predicate<Verdict> slot = slots.get();
                List<Future<Boolean>> offers = new ArrayList<>();
                for (int i = 0; i < offerers; i++) offers.add(threads.submit(() -> {
                    together.await(20, TimeUnit.SECONDS);
                    return slot.test(new Verdict.Gone());
                }));
                int winners = 0;
                for (Future<Boolean> offer : offers) if (offer.get()) winners++;
                if (winners != 1) wrong++;
            }
        }
        return wrong;
    }

    /// Handlers that end before, around and after their limit, and callers that go away meanwhile.
    @Test
    void whatever_comes_first_is_answered_once_and_the_accounts_balance() throws Exception {
        int requests = 20_000, atOnce = 64;
        // Twice as many permits as work: one comes home a moment after its handler has ended.
        Offload offload = new Offload(workers, 2 * atOnce);
        AtomicIntegerArray verdicts = new AtomicIntegerArray(requests);
        CountDownLatch decided = new CountDownLatch(requests);
        Semaphore atWork = new Semaphore(atOnce);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < requests; i++) {
            int id = i, kind = random.nextInt(4);
            atWork.acquire();
            loop.execute(() -> {
                Handover handover = Handover.begin(
                        offload,
                        in(Duration.ofMillis(1)),
                        waiting -> {
                            try {
                                return handle(kind, waiting);
                            } finally {
                                atWork.release();
                            }
                        },
                        loop,
                        Timer.of(loop),
                        verdict -> {
                            if (verdict instanceof Verdict.Unstarted) atWork.release();
                            verdicts.incrementAndGet(id);
                            decided.countDown();
                        });
                if (handover == null) {
                    LockSupport.parkNanos(100_000); // so that workers get to end on a busy machine, too
                    atWork.release();
                    decided.countDown();
                } else if (kind == 3) {
                    peer.execute(handover::gone);
                }
            });
        }
        assertThat(decided.await(60, TimeUnit.SECONDS)).isTrue();
        workers.shutdown();
        assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        int answers = 0;
        for (int i = 0; i < requests; i++) {
            assertThat(verdicts.get(i)).isLessThanOrEqualTo(1);
            answers += verdicts.get(i);
        }
        Offload.Counts counts = offload.counts();
        assertThat(counts.refused() + counts.unstarted() + counts.started()).isEqualTo(requests);
        assertThat(answers).isEqualTo((int) (counts.started() + counts.unstarted()));
        assertThat(counts.answered() + counts.failed() + counts.expired() + counts.gone()).isEqualTo(counts.started());
        assertThat(counts.answered() + counts.failed() + counts.late()).isEqualTo(counts.started());
        assertThat(counts.free()).isEqualTo(2 * atOnce);
        for (long share : List.of(counts.answered(), counts.failed(), counts.expired(), counts.gone()))
            assertThat(share).as("it has raced: " + counts).isGreaterThan(requests / 400);
    }

    /// I9: what an answer entails is done if and only if it is the verdict, once.
    @Test
    void effects_are_those_of_the_answers_that_were_chosen() throws Exception {
        assertThat(effectsBesideAnswers((answer, effect) -> answer.entailing(effect::run))).isZero();
    }

    /// Otherwise the test above proves nothing: a handler that acts instead of returning what is to be done.
    @Test
    void a_handler_that_records_by_itself_is_found_out() throws Exception {
        assertThat(effectsBesideAnswers((answer, effect) -> {
            effect.run();
            return answer;
        })).isPositive();
    }

    /// How many requests have an effect without an answer that was chosen, an answer without one, or more than one.
    private int effectsBesideAnswers(BiFunction<Response, Runnable, Response> handler) throws Exception {
        int requests = 20_000, atOnce = 64;
        Offload offload = new Offload(workers, 2 * atOnce);
        AtomicIntegerArray effects = new AtomicIntegerArray(requests), answers = new AtomicIntegerArray(requests);
        CountDownLatch decided = new CountDownLatch(requests);
        Semaphore atWork = new Semaphore(atOnce);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < requests; i++) {
            int id = i, kind = random.nextInt(4);
            atWork.acquire();
            loop.execute(() -> {
                Handover handover = Handover.begin(
                        offload,
                        in(Duration.ofMillis(1)),
                        waiting -> {
                            try {
                                return handler.apply(handle(kind, waiting), () -> effects.incrementAndGet(id));
                            } finally {
                                atWork.release();
                            }
                        },
                        loop,
                        Timer.of(loop),
                        verdict -> {
                            if (verdict instanceof Verdict.Unstarted) atWork.release();
                            if (verdict instanceof Verdict.Answer(Response response)) {
                                answers.incrementAndGet(id);
                                response.takeEffect();
                            }
                            decided.countDown();
                        });
                if (handover == null) {
                    LockSupport.parkNanos(100_000); // so that workers get to end on a busy machine, too
                    atWork.release();
                    decided.countDown();
                } else if (kind == 3) {
                    peer.execute(handover::gone);
                }
            });
        }
        assertThat(decided.await(60, TimeUnit.SECONDS)).isTrue();
        workers.shutdown();
        assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        Offload.Counts counts = offload.counts();
        for (long share : List.of(counts.answered(), counts.failed(), counts.expired(), counts.gone()))
            assertThat(share).as("it has raced: " + counts).isGreaterThan(requests / 400);
        int wrong = 0;
        for (int i = 0; i < requests; i++) if (effects.get(i) != answers.get(i)) wrong++;
        return wrong;
    }

    @Test
    void an_effect_that_throws_changes_nothing() {
        DONE.entailing(() -> {
            throw new IllegalStateException("on purpose");
        }).takeEffect();
    }

    private static Deadline in(Duration left) {
        return new Deadline(Ticker.SYSTEM, System.nanoTime() + left.toNanos(), 0);
    }

    private static Response handle(int kind, Waiting waiting) {
        if (kind == 1) throw new IllegalStateException("on purpose");
        if (kind >= 2) while (!waiting.left().isZero() && !waiting.isOver()) LockSupport.parkNanos(1_000);
        return DONE;
    }

    @Test
    void a_permit_comes_home_with_the_work_and_not_with_the_answer() throws Exception {
        Offload offload = new Offload(workers, 1);
        CountDownLatch begun = new CountDownLatch(1), expired = new CountDownLatch(1), released = new CountDownLatch(1);
        FakeTicker ticker = new FakeTicker();
        Deadline deadline = new Deadline(ticker, ticker.in(Duration.ofMillis(1)), 0);
        Handover.begin(offload, deadline, _ -> {
            begun.countDown();
            return await(released);
        }, Runnable::run, ticker, _ -> expired.countDown());
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        ticker.advance(Duration.ofMillis(1));
        assertThat(expired.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ticker.planned()).isZero();
        assertThat(offload.counts().free()).isZero();
        assertThat(begin(offload, _ -> DONE, _ -> {})).as("refused: nothing was started").isNull();
        released.countDown();
        workers.shutdown();
        assertThat(workers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(offload.counts()).isEqualTo(new Offload.Counts(1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0));
        assertThat(begin(offload, _ -> DONE, _ -> {})).as("workers that are gone refuse").isNull();
        assertThat(offload.counts().free()).isEqualTo(1);
    }

    /// I20: what no worker has begun when it ends is taken back, and no handler runs any more.
    @ParameterizedTest
    @MethodSource("endsWithoutWorker")
    void a_job_that_nobody_has_begun_is_taken_back(Consumer<Handover> end, boolean answered) throws Exception {
        List<Runnable> waiting = new ArrayList<>();
        Offload offload = new Offload(waiting::add, 1);
        List<Verdict> verdicts = new ArrayList<>();
        List<Response> answers = new ArrayList<>();
        FakeTicker ticker = new FakeTicker();
        Handover handover = Handover.begin(
                offload, new Deadline(ticker, ticker.in(Duration.ofMillis(1)), 0), _ -> {
                    answers.add(DONE);
                    return DONE;
                }, Runnable::run, ticker, verdicts::add);
        end.accept(handover);
        ticker.advance(Duration.ofMillis(1));
        waiting.forEach(Runnable::run);
        assertThat(verdicts).containsExactly(new Verdict.Unstarted(answered));
        assertThat(answers).isEmpty();
        assertThat(offload.counts()).isEqualTo(new Offload.Counts(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0));
    }

    static Stream<Arguments> endsWithoutWorker() {
        Consumer<Handover> gone = Handover::gone, drained = Handover::drain, expired = _ -> {};
        return Stream.of(
                Arguments.of(gone, false), Arguments.of(drained, true), Arguments.of(expired, true));
    }

    /// A worker that begins late, or with less left than work needs, does not begin.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void a_worker_begins_only_while_there_is_time(long millisLeft) {
        List<Runnable> waiting = new ArrayList<>();
        Offload offload = new Offload(waiting::add, 1);
        List<Verdict> verdicts = new ArrayList<>();
        FakeTicker ticker = new FakeTicker();
        Deadline deadline = new Deadline(ticker, ticker.in(Duration.ofMillis(5)), 2_000_000);
        Handover.begin(offload, deadline, _ -> DONE, Runnable::run, (_, _) -> () -> {}, verdicts::add);
        ticker.advance(Duration.ofMillis(5 - millisLeft));
        waiting.forEach(Runnable::run);
        assertThat(verdicts).containsExactly(
                millisLeft >= 2 ? new Verdict.Answer(DONE) : new Verdict.Unstarted(true));
    }

    @Test
    void a_server_that_stops_waits_for_no_worker() throws Exception {
        Offload offload = new Offload(workers, 1);
        CountDownLatch begun = new CountDownLatch(1), released = new CountDownLatch(1);
        LinkedBlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
        Handover handover = loop.submit(() -> Handover.begin(offload, in(Duration.ofSeconds(20)), _ -> {
            begun.countDown();
            return await(released);
        }, loop, Timer.of(loop), verdicts::add)).get(20, TimeUnit.SECONDS);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        handover.drain();
        assertThat(verdicts.poll(20, TimeUnit.SECONDS)).isEqualTo(new Verdict.Draining());
        released.countDown();
        workers.shutdown();
        assertThat(workers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(offload.counts()).isEqualTo(new Offload.Counts(0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0));
        assertThat(verdicts).isEmpty();
    }

    private @Nullable Handover begin(
            Offload offload, Function<Waiting, Response> job,
            Consumer<Verdict> owner) throws Exception {
        return loop.submit(() -> Handover.begin(
                offload, in(Duration.ofMillis(1)), job, loop, Timer.of(loop), owner)).get(20, TimeUnit.SECONDS);
    }

    private static Response await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            return DONE;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
