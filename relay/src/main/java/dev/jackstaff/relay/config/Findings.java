package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What comes up while a configuration is read. Not thread-safe.
final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private final List<EffectiveSetting> settings = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();

    List<Problem> problems() {
        return problems;
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /// The values in force, in the order they were asked for.
    List<EffectiveSetting> settings() {
        return settings;
    }

    /// Every file that had a part in it.
    Set<Path> files() {
        return files;
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    void add(EffectiveSetting setting) {
        settings.add(setting);
    }

    void add(Path file) {
        files.add(file);
    }

    /// Notes all values below a node, without secrets.
    void addTree(String path, Node node) {
        switch (node) {
            case Node.Mapping map -> map.members()
                    .forEach(member -> addTree(
                            path + "." + member.key().source(), member.value()));
            case Node.Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) addTree(path + "." + i, list.items().get(i));
            }
            case Node.Scalar scalar ->
                    add(new EffectiveSetting(path, Secrets.redacted(path, scalar.source()), scalar.location()));
        }
    }
}
