package dev.jackstaff.relay.http;

/// A request that has passed every stage before its handler. Only the pipeline makes one. Immutable.
public final class Decoded<T> {
    private final Request request;
    private final T value;

    Decoded(Request request, T value) {
        this.request = request;
        this.value = value;
    }

    public Request request() {
        return request;
    }

    public T value() {
        return value;
    }
}
