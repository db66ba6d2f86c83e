package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// E-D17: parsed queries stayed in a global cache for ever, so that every edit of a query cost memory until the next restart.
class QueryCacheTest implements Exhibit<Consumer<String>> {
    private static final int EDITS = 600, TEXT = 40_000;

    @Override
    public Consumer<String> twin() {
        Map<String, String> parsed = new ConcurrentHashMap<>();
        return query -> parsed.computeIfAbsent(query, String::toUpperCase);
    }

    @Override
    public Consumer<String> ours() {
        return query -> {
            Snapshot flags = Flags.compiled("""
                    f: {variations: {a: 1}, targeting: [{query: '%s', variation: a}], defaultRule: {variation: a}}
                    """.formatted(query), CompileOptions.DEFAULT);
            if (flags.definitions().isEmpty()) throw new AssertionError("not loaded");
        };
    }

    @Override
    public Optional<String> examine(Consumer<String> load) {
        String text = "x".repeat(TEXT);
        load.accept("a eq \"first\"");
        long before = used();
        for (int edit = 0; edit < EDITS; edit++) load.accept("a eq \"" + text + edit + "\"");
        long kept = used() - before;
        load.accept("a eq \"last\"");
        return Exhibit.when(kept > (long) EDITS * TEXT / 2, kept + " bytes of queries that nobody uses are kept");
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
