package dev.jackstaff.relay.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// T4 and T9 of the design for deadlines: as many exchanges as wanted through the relay's own [Handover], each a race of
/// its worker against its deadline, its connection or the end of the server. Checks I2, I3, I8, I9, I10 and I11.
///
/// Two threads meet at every exchange: a worker that runs the job, and the loop, which then makes happen what was drawn for
/// it. Both first waste a moment, drawn anew each time, and how long depends on who has won too often: so they are always
/// close. Where the machine does not run both at once, nobody waits long for the other; then a lead for the worker at the
/// begin of each round sees to it that both win. Of most exchanges the loop waits for the handler to begin, since a job that
/// has not begun is taken back without a race. Nothing in here waits for a clock.
public final class Exchanges {

    /// What can be decided on an exchange.
    public enum Kind {
        ANSWERED,
        FAILED,
        EXPIRED,
        GONE,
        DRAINED,
        /// The deadline came before the worker had begun.
        EXPIRED_UNSTARTED,
        /// The connection was closed before the worker had begun.
        GONE_UNSTARTED
    }

    /// One of so many exchanges is not held until its handler begins.
    private static final int HURRIED = 32;

    /// What came of it.
    ///
    /// @param read     exchanges, those among them that were refused included
    /// @param verdicts how often each was the verdict
    /// @param findings what must not be; the first of it
    public record Outcome(long read, long refused, Map<Kind, Long> verdicts, List<String> findings) {
        public Outcome {
            verdicts = Map.copyOf(verdicts);
            findings = List.copyOf(findings);
        }

        public double share(Kind kind) {
            return (double) verdicts.getOrDefault(kind, 0L) / (read - refused);
        }

        /// Whether every party has won often enough for it to have been a race with a handler that runs: worker, deadline,
        /// connection and stop. A failure runs where an answer does.
        public boolean hasRaced() {
            return hasRaced(LEAST_SHARE);
        }

        /// The same with another share of wins that is enough.
        boolean hasRaced(double leastShare) {
            return RACERS.stream().allMatch(kind -> share(kind) >= leastShare);
        }
    }

    private static final double LEAST_SHARE = 0.2;
    private static final List<Kind> RACERS = List.of(Kind.ANSWERED, Kind.EXPIRED, Kind.GONE, Kind.DRAINED);

    private static final int ROUND = 4_096, REFUSED_BY_PERMITS = 32, MOST_FINDINGS = 20;
    private static final int LOOP_MOMENT = 8, MOST_MOMENT = 4_096, PATIENCE = 2_000, LEAD = ROUND / 64;
    private static final double WORKER_SHARE = 0.26;
    private static final Response ANSWER = Response.empty(200);

    private final SplittableRandom random;
    private final BiFunction<Executor, Integer, Subject> subjects;
    private final boolean actsByItself;

    private final Queue<Runnable> onLoop = new ConcurrentLinkedQueue<>();
    private final @Nullable Runnable[] jobs = new Runnable[ROUND];
    private final @Nullable Runnable[] deadlines = new Runnable[ROUND];
    private final Subject.@Nullable Started[] started = new Subject.Started[ROUND];
    private final int[] decided = new int[ROUND], chosen = new int[ROUND];
    private final int[] effects = new int[ROUND]; // written by the loop; by the worker when the handler acts by itself
    private final int[] moments = new int[ROUND];
    private final boolean[] fails = new boolean[ROUND];
    private final Map<Kind, LongAdder> verdicts = new EnumMap<>(Kind.class);
    private final List<String> findings = new ArrayList<>();

    private int current; // the exchange that begins; loop only, as of all below that is not volatile
    private boolean refuses;
    private long handed;
    private double moment = LOOP_MOMENT;
    private int lead; // of the worker, in exchanges

    private final Party loop = new Party(), worker = new Party();
    private final Party watch = new Party(), handler = new Party(); // the loop again, and the worker in a handler
    private volatile long roundBegan; // writer: the loop
    // Writer: the worker.
    private final AtomicLong tasksEntered = new AtomicLong(), handlersEntered = new AtomicLong(),
            handlersLeft = new AtomicLong();
    private volatile boolean stopped; // writer: the loop

    private Exchanges(long seed, BiFunction<Executor, Integer, Subject> subjects, boolean actsByItself) {
        random = new SplittableRandom(seed);
        this.subjects = subjects;
        this.actsByItself = actsByItself;
    }

    /// Lets so many race, at least, on the thread that calls and one more.
    public static Outcome run(long exchanges, long seed) {
        return new Exchanges(seed, RelaySubject::new, false).run(exchanges);
    }

    /// The same with a mistake.
    static Outcome run(long exchanges, long seed, Twin.Mistake mistake) {
        return new Exchanges(seed, (workers, permits) -> new Twin(mistake, workers, permits), false).run(exchanges);
    }

    /// The same with handlers that do what they should return as an effect.
    static Outcome runHandlersThatActByThemselves(long exchanges, long seed) {
        return new Exchanges(seed, RelaySubject::new, true).run(exchanges);
    }

    private Outcome run(long exchanges) {
        int permits = ROUND - REFUSED_BY_PERMITS;
        Subject subject = subjects.apply(this::hand, permits);
        Thread thread = Thread.ofPlatform().name("worker").start(this::work);
        long read = 0;
        try {
            for (; read < exchanges && findings.size() < MOST_FINDINGS; read += ROUND) {
                round(subject, permits, read);
                if (subject.free() != permits) found("permits home after a round: " + subject.free());
                String imbalance = subject.accounts().imbalance(read + ROUND);
                if (!imbalance.isEmpty()) found(imbalance);
            }
        } finally {
            stopped = true;
            loop.at = Long.MAX_VALUE;
        }
        join(thread);
        EnumMap<Kind, Long> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) all.put(kind, count(kind));
        return new Outcome(read, subject.accounts().refused(), all, findings);
    }

    private void round(Subject subject, int permits, long before) {
        Arrays.fill(decided, 0);
        Arrays.fill(chosen, 0);
        Arrays.fill(effects, 0);
        int mostMoment = Math.max(1, (int) (2 * moment));
        long wonBefore = count(Kind.ANSWERED) + count(Kind.FAILED);
        for (current = 0; current < ROUND; current++) {
            int id = current;
            refuses = random.nextInt(64) == 0;
            moments[id] = random.nextInt(mostMoment);
            fails[id] = random.nextInt(16) == 0;
            jobs[id] = null;
            started[id] = subject.begin(waiting -> handle(id, waiting), onLoop::add, this::plan,
                    verdict -> decided(id, verdict, subject, permits));
        }
        roundBegan = before;
        for (int id = 0; id < ROUND; id++) {
            loop.at = before + id;
            if (id < lead) loop.await(worker, before + lead);
            else
                loop.meet(worker, before + id);
            if (started[id] != null) {
                if (random.nextInt(HURRIED) != 0) watch.await(handler, before + id);
                waste(random.nextInt(2 * LOOP_MOMENT));
                happen(id);
            }
            runTasks();
        }
        loop.await(worker, before + ROUND);
        runTasks();
        check();
        long won = count(Kind.ANSWERED) + count(Kind.FAILED) - wonBefore;
        steer(won > WORKER_SHARE * ROUND);
    }

    private void steer(boolean workerIsAhead) {
        if (!workerIsAhead && moment < 1) lead = Math.min(ROUND / 2, lead + LEAD);
        else if (!workerIsAhead) moment *= 0.8;
        else if (lead > 0) lead -= LEAD;
        else
            moment = Math.min(MOST_MOMENT, moment * 1.25 + 0.1);
    }

    /// What was drawn for this one.
    private void happen(int id) {
        Subject.Started call = started[id];
        Runnable deadline = deadlines[id];
        if (call == null || deadline == null) throw new IllegalStateException("it was not begun");
        List<Runnable> all = switch (random.nextInt(3)) {
            case 0 -> List.of(call::gone, deadline, call::drain);
            case 1 -> List.of(call::drain, call::gone, deadline);
            default -> List.of(deadline, call::drain, call::gone);
        };
        all.forEach(Runnable::run);
    }

    private void runTasks() {
        for (Runnable task; (task = onLoop.poll()) != null;) task.run();
    }

    /// The executor of the workers.
    private void hand(Runnable job) {
        if (refuses) throw new RejectedExecutionException("on purpose");
        jobs[current] = job;
        handed++;
    }

    /// The timer of the loop.
    private Runnable plan(Duration delay, Runnable task) {
        int id = current;
        deadlines[id] = task;
        return () -> {};
    }

    private Response handle(int id, Waiting waiting) {
        handlersEntered.incrementAndGet();
        handler.at = roundBegan + id;
        waste(moments[id]);
        boolean over = waiting.isOver();
        if (actsByItself) effects[id]++;
        handlersLeft.incrementAndGet();
        if (fails[id] && !over) throw new Failure();
        return actsByItself ? ANSWER : ANSWER.entailing(() -> effects[id]++);
    }

    /// On purpose, and without a trace, which would be most of the work.
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure() {
            super("on purpose", null, false, false);
        }
    }

    private void decided(int id, Verdict verdict, Subject subject, int permits) {
        decided[id]++;
        counter(kind(verdict)).increment();
        // In this order, so that whatever happens meanwhile is to the good of the subject.
        long entered = handlersEntered.get();
        int free = subject.free();
        long home = permits - handed + handlersLeft.get() + (tasksEntered.get() - entered);
        if (free > home) found("free permits: " + free + ", though at most " + home + " of the work had ended");
        if (verdict instanceof Verdict.Answer(Response response)) {
            chosen[id]++;
            response.takeEffect();
        }
    }

    private LongAdder counter(Kind kind) {
        return verdicts.computeIfAbsent(kind, _ -> new LongAdder());
    }

    private long count(Kind kind) {
        return counter(kind).sum();
    }

    static Kind kind(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Answer _ -> Kind.ANSWERED;
            case Verdict.Failed _ -> Kind.FAILED;
            case Verdict.Expired _ -> Kind.EXPIRED;
            case Verdict.Gone _ -> Kind.GONE;
            case Verdict.Draining _ -> Kind.DRAINED;
            case Verdict.Unstarted(boolean answered) -> answered ? Kind.EXPIRED_UNSTARTED : Kind.GONE_UNSTARTED;
        };
    }

    private void check() {
        for (int id = 0; id < ROUND; id++) {
            int due = started[id] == null ? 0 : 1;
            if (decided[id] != due) found(decided[id] + " verdicts instead of " + due);
            if (effects[id] != chosen[id]) found(effects[id] + " effects of " + chosen[id] + " chosen answers");
        }
    }

    private void found(String finding) {
        if (findings.size() < MOST_FINDINGS) findings.add(finding);
    }

    private void work() {
        for (long step = 0;; step++) {
            worker.at = step;
            if (step % ROUND == 0) worker.await(loop, step);
            else
                worker.meet(loop, step);
            if (stopped) return;
            Runnable job = jobs[(int) (step % ROUND)];
            if (job == null) continue;
            tasksEntered.incrementAndGet();
            job.run();
        }
    }

    /// One of the two threads, and how far it has come.
    private static final class Party {
        private volatile long at = -1; // writer: its thread
        private boolean patient = true; // its thread only

        /// Waits for the other one to come as far, for as long as that goes on.
        void meet(Party other, long step) {
            for (int spins = 0; patient && other.at < step && spins < PATIENCE; spins++) Thread.onSpinWait();
            patient = other.at >= step;
        }

        void await(Party other, long step) {
            for (int spins = 0; other.at < step; spins++) {
                if (spins < PATIENCE) Thread.onSpinWait();
                else
                    LockSupport.parkNanos(1);
            }
        }
    }

    private static void waste(int moments) {
        for (int i = 0; i < moments; i++) Thread.onSpinWait();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
