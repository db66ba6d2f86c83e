package dev.jackstaff.relay.http;

/// What a stage leads to: the next stage, or an answer that ends the request here.
public sealed interface Or<T> {

    record Next<T>(T value) implements Or<T> {}

    record Refused<T>(Response response) implements Or<T> {}

    static <T> Or<T> next(T value) {
        return new Next<>(value);
    }

    static <T> Or<T> refused(Response response) {
        return new Refused<>(response);
    }
}
