package dev.jackstaff.engine.flag;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A flag file as records: flag keys to definitions, in file order, every problem collected. Immutable.
public final class FlagFile implements Reading {

    private final Map<String, FlagDefinition> flags;
    private final List<Problem> problems;

    FlagFile(Map<String, FlagDefinition> flags, List<Problem> problems) {
        this.flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
        this.problems = List.copyOf(problems);
    }

    /// Reads a document to its end. Costs one pass; keeps nothing of the document.
    public static Reading read(Document document) {
        return new FlagReader(document).read();
    }

    /// Lays files over each other: for a key that several define, the later file's definition counts as a whole.
    public static FlagFile merge(List<FlagFile> files) {
        Map<String, FlagDefinition> flags = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (FlagFile file : files) {
            flags.putAll(file.flags);
            problems.addAll(file.problems);
        }
        return new FlagFile(flags, problems);
    }

    /// Flag key to definition, in file order.
    public Map<String, FlagDefinition> flags() {
        return flags;
    }

    /// Warnings only, such as unknown fields: a file with errors is [Unreadable].
    @Override
    public List<Problem> problems() {
        return problems;
    }
}
