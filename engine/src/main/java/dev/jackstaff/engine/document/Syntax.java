package dev.jackstaff.engine.document;

import java.util.Locale;

/// The three notations of a flag file. They differ in which kinds a scalar can have and in what a typed field accepts
/// (evaluation rules of GO Feature Flag: YAML takes any scalar as a string, JSON and TOML only strings).
public enum Syntax {
    YAML,
    JSON,
    TOML;

    /// The notation a configured name stands for, letter case ignored. As in GO Feature Flag (`retriever/manager.go`),
    /// everything that is not `json` or `toml` means YAML, the empty name and typing errors included.
    public static Syntax named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "json" -> JSON;
            case "toml" -> TOML;
            default -> YAML;
        };
    }
}
