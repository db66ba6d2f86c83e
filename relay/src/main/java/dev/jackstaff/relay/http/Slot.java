package dev.jackstaff.relay.http;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where the verdict on one request goes: the first that is offered stays. Thread-safe.
final class Slot {
    private final AtomicReference<@Nullable Verdict> verdict = new AtomicReference<>();

    /// Whether this one is the verdict.
    boolean offer(Verdict offered) {
        return verdict.compareAndSet(null, offered);
    }

    boolean isDecided() {
        return verdict.get() != null;
    }
}
