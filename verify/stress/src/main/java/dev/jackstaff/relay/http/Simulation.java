package dev.jackstaff.relay.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// T19 of the design for deadlines: requests, workers, deadlines, peers and the stop of the server as steps of one thread, in
/// an order that a seed draws. After every step all invariants are looked at; the same seed gives the same steps.
///
/// A handler is a place where others go on: in the middle of it, steps are drawn as well, other workers among them. No time
/// passes but by a step.
public final class Simulation {
    private static final int REQUESTS = 24, PERMITS = 5, DEEPEST = 4;
    private static final Response ANSWER = Response.empty(200);

    private final SplittableRandom random;
    private final Subject subject;
    private final boolean actsByItself;
    private final List<Request> requests = new ArrayList<>();
    private final List<Runnable> jobs = new ArrayList<>(), onLoop = new ArrayList<>();
    private final List<Plan> plans = new ArrayList<>();
    private int depth, handed, ended, steps;
    private boolean refusesNext, isStopped;

    /// A deadline that has not been reached nor taken back.
    private record Plan(Request request, Runnable task) {}

    /// One request, and what has become of it so far.
    private static final class Request {
        private Subject.@Nullable Started started;
        private @Nullable Waiting waiting;
        private int verdicts, chosen, effects, entered, left;
        private boolean isUnstarted;
    }

    private Simulation(long seed, BiFunction<Executor, Integer, Subject> subjects, boolean actsByItself) {
        random = new SplittableRandom(seed);
        subject = subjects.apply(this::hand, PERMITS);
        this.actsByItself = actsByItself;
    }

    /// What does not hold with this seed; empty when everything does.
    public static Optional<String> run(long seed) {
        return new Simulation(seed, RelaySubject::new, false).run();
    }

    /// The same with a mistake.
    static Optional<String> run(long seed, Twin.Mistake mistake) {
        return new Simulation(seed, (workers, permits) -> new Twin(mistake, workers, permits), false).run();
    }

    /// The same with handlers that do what they should return as an effect.
    static Optional<String> runHandlersThatActByThemselves(long seed) {
        return new Simulation(seed, RelaySubject::new, true).run();
    }

    private Optional<String> run() {
        try {
            while (step()) check();
            checkAtRest();
            return Optional.empty();
        } catch (Broken broken) {
            return Optional.of("after " + steps + " steps: " + broken.getMessage());
        }
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what);
        }
    }

    /// Does one of the things that can happen now; false when nothing is left.
    private boolean step() {
        steps++;
        List<Runnable> possible = new ArrayList<>();
        if (requests.size() < REQUESTS) possible.add(this::begin);
        if (!jobs.isEmpty() && depth < DEEPEST) possible.add(this::work);
        if (!onLoop.isEmpty()) possible.add(() -> onLoop.removeFirst().run());
        if (!plans.isEmpty()) possible.add(this::reachDeadline);
        if (possible.isEmpty()) return false;
        if (!requests.isEmpty() && random.nextInt(4) == 0) possible.add(() -> {
            Request peer = requests.get(random.nextInt(requests.size()));
            if (peer.started != null) peer.started.gone();
        });
        if (requests.size() == REQUESTS && !isStopped) possible.add(this::stop);
        possible.get(random.nextInt(possible.size())).run();
        return true;
    }

    private void begin() {
        Request request = new Request();
        requests.add(request);
        refusesNext = random.nextInt(8) == 0;
        request.started = subject.begin(waiting -> handle(request, waiting), onLoop::add,
                (delay, task) -> plan(request, task), verdict -> decided(request, verdict));
    }

    private void hand(Runnable job) {
        if (refusesNext) throw new RejectedExecutionException("on purpose");
        jobs.add(job);
        handed++;
    }

    private Runnable plan(Request request, Runnable task) {
        Plan plan = new Plan(request, task);
        plans.add(plan);
        return () -> plans.remove(plan);
    }

    private void work() {
        Runnable job = jobs.remove(random.nextInt(jobs.size()));
        depth++;
        try {
            job.run();
        } finally {
            depth--;
        }
        ended++;
    }

    private Response handle(Request request, Waiting waiting) {
        request.entered++;
        request.waiting = waiting;
        for (int others = random.nextInt(4); others > 0 && step(); others--) check();
        if (actsByItself) request.effects++;
        request.left++;
        if (random.nextInt(8) == 0) throw new IllegalStateException("on purpose");
        return actsByItself ? ANSWER : ANSWER.entailing(() -> request.effects++);
    }

    private void reachDeadline() {
        plans.remove(random.nextInt(plans.size())).task.run();
    }

    private void stop() {
        isStopped = true;
        for (Request request : requests) if (request.started != null) request.started.drain();
    }

    private void decided(Request request, Verdict verdict) {
        request.verdicts++;
        request.isUnstarted = Exchanges.kind(verdict).name().endsWith("UNSTARTED");
        if (verdict instanceof Verdict.Answer(Response response)) {
            request.chosen++;
            response.takeEffect();
        }
    }

    private void check() {
        int inside = 0;
        for (Request request : requests) {
            inside += request.entered - request.left;
            require(request.verdicts <= 1, "I2, I3: " + request.verdicts + " verdicts on one request");
            require(request.effects == request.chosen,
                    "I8, I9: " + request.effects + " effects of " + request.chosen + " answers");
            require(request.entered <= 1, "a handler ran " + request.entered + " times");
            require(!request.isUnstarted || request.entered == 0, "I20: a request that was not started has run");
            require(request.verdicts == 0 || request.waiting == null || request.waiting.isOver(),
                    "a handler is not told that it is over");
            require(request.verdicts == 0 || plans.stream().noneMatch(plan -> plan.request == request),
                    "I14: a timer has outlived the verdict");
        }
        int free = subject.free();
        require(free <= PERMITS - inside, "I10: " + free + " permits are home while " + inside + " handlers run");
        require(free >= PERMITS - (handed - ended), "I10: a permit is lost, " + free + " are home");
    }

    private void checkAtRest() {
        for (Request request : requests)
            require(request.verdicts == (request.started == null ? 0 : 1), "a request without a verdict");
        require(subject.free() == PERMITS, "I10: " + subject.free() + " permits are home at rest");
        String imbalance = subject.accounts().imbalance(requests.size());
        require(imbalance.isEmpty(), "I11: " + imbalance);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new Broken(otherwise);
    }
}
