package dev.jackstaff.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
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

    /// Adds a listener that hears of what comes after `current`.
    void add(ChangeListener listener, State current) {
        deliveries.add(new Delivery(listener, current));
    }

    /// Tells every listener of a state. Called by one thread at a time, in order of revisions. Does not wait.
    void publish(State state) {
        deliveries.forEach(delivery -> delivery.offer(state));
    }

    private final class Delivery implements Runnable {
        private final ChangeListener listener;
        private final AtomicInteger offers = new AtomicInteger();
        private volatile State newest; // writer: the publisher
        private State delivered; // writer: the running delivery, of which there is one while `offers` is above 0

        Delivery(ChangeListener listener, State current) {
            this.listener = listener;
            newest = current;
            delivered = current;
        }

        void offer(State state) {
            newest = state;
            if (offers.getAndIncrement() > 0) return;
            try {
                workers.execute(this);
            } catch (RejectedExecutionException shutDown) {
                offers.set(0);
            }
        }

        @Override
        public void run() {
            for (int taken = offers.get(); taken > 0; taken = offers.addAndGet(-taken)) deliver(newest);
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
