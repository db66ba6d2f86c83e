package dev.jackstaff.relay.http;

/// The monotonic clock. Only differences of what it says mean anything: it may begin anywhere and overflow. Thread-safe.
@FunctionalInterface
interface Ticker {
    Ticker SYSTEM = System::nanoTime;

    long nanos();
}
