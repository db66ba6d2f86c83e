package dev.jackstaff.verify.architecture.planted.retrievers.http;

/// @param url where a file integration has no business
public record PlantedHttp(String url) {
    /// Public, as is what is around it.
    public enum Method {
        GET
    }

    /// Not public.
    record Body(byte size) {}
}
