package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// A flag set of a relay that serves several: whatever it is made of has its mark in it, so that a text tells whose it is.
///
/// @param mark   a word that is in nothing else
/// @param folder its flag file and the files of its events are here
record Tenant(String mark, Path folder) {
    String key() {
        return mark + "-key";
    }

    String user() {
        return mark + "-user";
    }

    Path flags() {
        return folder.resolve("flags.yaml");
    }

    /// Replaces the flag file. One flag has the same name everywhere.
    void write(int edition) throws IOException {
        Files.createDirectories(folder);
        Path next = Files.writeString(folder.resolve("flags.yaml.new"), """
                MARK-flag:
                  variations: {MARK-on: MARK value %1$d, MARK-off: MARK no value}
                  targeting:
                    - {name: MARK-rule, query: plan eq "MARK-pro", variation: MARK-on}
                  defaultRule: {variation: MARK-off}
                  metadata: {MARK-owner: MARK-team}
                shared:
                  variations: {MARK-one: MARK edition %1$d}
                  defaultRule: {variation: MARK-one}
                  metadata: {defaultValue: MARK-default, description: MARK-description}
                """.replace("MARK", mark).formatted(edition));
        Files.move(next, flags(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Its part of the relay's configuration.
    ///
    /// @param sources where its flags come from
    String config(List<Path> sources) {
        return """
                  - name: %1$s
                    apiKeys: [%2$s]
                    retrievers:
                %3$s
                    exporters:
                      - {kind: file, format: json, outputDir: '%4$s', flushInterval: 200}
                    pollingInterval: 1000
                    evaluationContextEnrichment: {%1$s-enrichment: %1$s-enriched}
                """.formatted(
                mark, key(),
                String.join("\n", sources.stream()
                        .map(source -> "      - {kind: file, path: '" + source + "'}")
                        .toList()),
                folder.resolve("events"));
    }

    String context() {
        return "{\"targetingKey\":\"" + user() + "\",\"plan\":\"" + mark + "-pro\"}";
    }

    /// All events that have been exported for it.
    List<String> events() throws IOException {
        List<String> lines = new ArrayList<>();
        try (var files = Files.list(folder.resolve("events"))) {
            for (Path file : files.toList()) lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }
}
