package dev.jackstaff.verify.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the relay does not answer as recorded, each entry with its reason. An entry is a world and a group of exchanges
/// (its `endpoint`), or one exchange by its id.
record NotServed(Map<String, Map<String, String>> reasons) {
    static final String FILE = "not-served.txt";

    static NotServed read() {
        Map<String, Map<String, String>> reasons = new LinkedHashMap<>();
        try (InputStream in = NotServed.class.getResourceAsStream(FILE)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                String[] parts = line.split("\\s*\\|\\s*", -1);
                assertThat(parts).as("world | endpoint or id | reason: %s", line).hasSize(3).doesNotContain("");
                assertThat(reasons.computeIfAbsent(parts[0], world -> new LinkedHashMap<>()).put(parts[1], parts[2]))
                        .as("stands twice: %s", line)
                        .isNull();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NotServed(reasons);
    }

    Set<String> worlds() {
        return reasons.keySet();
    }

    Set<String> entriesOf(String world) {
        return new TreeSet<>(reasons.getOrDefault(world, Map.of()).keySet());
    }

    /// The entry that an exchange falls under.
    @Nullable
    String entryOf(String world, Exchange exchange) {
        Set<String> entries = entriesOf(world);
        if (entries.contains(exchange.id())) return exchange.id();
        return entries.contains(exchange.endpoint()) ? exchange.endpoint() : null;
    }
}
