package dev.jackstaff.relay.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The files beside this class.
final class Own {
    private Own() {}

    static byte[] read(String name) {
        try (InputStream in = Objects.requireNonNull(Own.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a file of this jar: " + name, e);
        }
    }
}
