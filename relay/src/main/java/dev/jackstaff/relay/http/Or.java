package dev.jackstaff.relay.http;

import java.util.function.Function;

/// What a stage leads to: the next stage, or an answer that ends the request here.
public sealed interface Or<T> {

    /// The next stage, if this one does not refuse.
    <R> Or<R> then(Function<? super T, ? extends Or<R>> stage);

    record Next<T>(T value) implements Or<T> {
        @Override
        public <R> Or<R> then(Function<? super T, ? extends Or<R>> stage) {
            return stage.apply(value);
        }
    }

    record Refused<T>(Response response) implements Or<T> {
        @Override
        public <R> Or<R> then(Function<? super T, ? extends Or<R>> stage) {
            return refused(response);
        }
    }

    static <T> Or<T> next(T value) {
        return new Next<>(value);
    }

    static <T> Or<T> refused(Response response) {
        return new Refused<>(response);
    }
}
