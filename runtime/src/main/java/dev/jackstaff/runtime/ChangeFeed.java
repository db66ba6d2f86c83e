package dev.jackstaff.runtime;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries changes to listeners, each at its own speed.
///
/// There is no queue: a listener that is behind compares the newest state with the one it heard of last. Thread-safe.
final class ChangeFeed {

    private static final Logger LOG = LoggerFactory.getLogger(FlagSet.class);

    private final String flagSet;
    private final Executor workers;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    ChangeFeed(String flagSet, Executor workers) {
        this.flagSet = flagSet;
        this.workers = workers;
    }

    /// Adds a listener that hears of what comes after `known`.
    ///
    /// @param current asked once the listener is there, so that nothing in between is lost
    void add(ChangeListener listener, State known, Supplier<State> current) {
        Delivery delivery = new Delivery(listener, known);
        deliveries.add(delivery);
        delivery.offer(current.get());
    }

    /// Tells every listener of a state. Called by one thread at a time, in order of revisions. Does not wait.
    void publish(State state) {
        deliveries.forEach(delivery -> delivery.offer(state));
    }

    private final class Delivery implements Runnable {
        private final ChangeListener listener;
        private final AtomicInteger offers = new AtomicInteger();
        private final AtomicReference<State> newest;
        private State delivered; // writer: the running delivery, of which there is one while `offers` is above 0

        Delivery(ChangeListener listener, State current) {
            this.listener = listener;
            newest = new AtomicReference<>(current);
            delivered = current;
        }

        void offer(State state) {
            newest.accumulateAndGet(state, (a, b) -> b.revision() > a.revision() ? b : a);
            if (offers.getAndIncrement() > 0) return;
            try {
                workers.execute(this);
            } catch (RejectedExecutionException shutDown) {
                offers.set(0);
            }
        }

        @Override
        public void run() {
            for (int taken = offers.get(); taken > 0; taken = offers.addAndGet(-taken))
                deliver(Objects.requireNonNull(newest.get()));
        }

        @SuppressWarnings("CatchingUnchecked")
        private void deliver(State state) {
            State before = delivered;
            delivered = state;
            if (before.revision() == state.revision()) return;
            try {
                listener.changed(
                        new FlagSetChange(flagSet, state.revision(), before.snapshot(), state.snapshot()));
            } catch (Exception thrown) {
                LOG.atError()
                        .addKeyValue("flagSet", flagSet)
                        .addKeyValue("revision", state.revision())
                        .setCause(thrown)
                        .log("a listener for changes failed");
            }
        }
    }
}
