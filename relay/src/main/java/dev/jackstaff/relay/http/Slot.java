package dev.jackstaff.relay.http;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where the verdict on one request goes: the first that is offered stays. Thread-safe.
///
/// It knows nothing else of the relay and is written for Java 17, so that `verify/slot/` can check this very source there.
final class Slot<V> {
    private final AtomicReference<@Nullable V> verdict = new AtomicReference<>();

    /// Whether this one is the verdict.
    boolean offer(V offered) {
        return verdict.compareAndSet(null, offered);
    }

    boolean isDecided() {
        return verdict.get() != null;
    }
}
