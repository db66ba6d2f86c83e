package dev.jackstaff.runtime;

import dev.jackstaff.engine.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What is worked out once for each snapshot. Thread-safe; readers take no lock.
final class Derivations {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Derived<?>> all = new ArrayList<>(); // guarded by the lock
    private Snapshot newest; // guarded by the lock

    Derivations(Snapshot first) {
        newest = first;
    }

    <T> Supplier<T> add(Derivation<T> derivation) {
        lock.lock();
        try {
            Derived<T> derived = new Derived<>(derivation, newest);
            all.add(derived);
            return () -> derived.value;
        } finally {
            lock.unlock();
        }
    }

    /// Works out everything from a snapshot that will be served when this returns.
    void advance(Snapshot snapshot) {
        lock.lock();
        try {
            newest = snapshot;
            for (Derived<?> derived : all) derived.advance(snapshot);
        } finally {
            lock.unlock();
        }
    }

    private static final class Derived<T> {
        private final Derivation<T> derivation;
        private volatile T value; // writer: the refresh under way

        Derived(Derivation<T> derivation, Snapshot first) {
            this.derivation = derivation;
            value = derivation.from(first, null);
        }

        void advance(Snapshot snapshot) {
            value = derivation.from(snapshot, value);
        }
    }
}
