package dev.jackstaff.verify.architecture.planted.retrievers.http;

final class Hidden {
    private Hidden() {}

    /// Public in name only.
    public record Inner(String name) {}
}
