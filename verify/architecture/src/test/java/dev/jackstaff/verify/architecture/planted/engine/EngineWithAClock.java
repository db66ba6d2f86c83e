package dev.jackstaff.verify.architecture.planted.engine;

import java.time.Instant;

final class EngineWithAClock {
    private EngineWithAClock() {}

    static Instant today() {
        return Instant.now();
    }
}
