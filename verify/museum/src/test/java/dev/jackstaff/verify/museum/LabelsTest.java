package dev.jackstaff.verify.museum;

import dev.jackstaff.verify.museum.LabelsTest.Server;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/// R-D13: keys and paths that callers make up became labels of metrics. Each is kept for ever, so any caller could fill the
/// memory.
class LabelsTest implements Exhibit<Server> {
    private static final int CALLS = 100, MOST = 20;

    @TempDir
    Path folder;

    interface Server {
        void ask(String flagKey) throws Exception;

        /// How many lines its metrics have.
        long lines() throws Exception;
    }

    @Override
    public Server twin() {
        Map<String, Integer> evaluations = new TreeMap<>();
        return new Server() {
            @Override
            public void ask(String flagKey) {
                evaluations.merge("flag_evaluations_total{flag_name=\"" + flagKey + "\"}", 1, Integer::sum);
            }

            @Override
            public long lines() {
                return evaluations.size();
            }
        };
    }

    @Override
    public Server ours() throws Exception {
        TestRelay relay = TestRelay.serving(folder, "f: {variations: {a: 1}, defaultRule: {variation: a}}\n");
        return new OfRelay(relay);
    }

    private record OfRelay(TestRelay relay) implements Server, AutoCloseable {
        @Override
        public void ask(String flagKey) throws Exception {
            relay.post("/ofrep/v1/evaluate/flags/" + flagKey, "{\"context\":{\"targetingKey\":\"" + flagKey + "\"}}");
            relay.post("/v1/feature/" + flagKey + "/eval",
                    "{\"user\":{\"key\":\"" + flagKey + "\"},\"defaultValue\":1}");
            relay.get("/nowhere/" + flagKey);
        }

        @Override
        public long lines() throws Exception {
            return relay.get("/metrics").body().lines().count();
        }

        @Override
        public void close() {
            relay.close();
        }
    }

    @Override
    public Optional<String> examine(Server server) throws Exception {
        server.ask("first");
        if (server.lines() == 0) return Optional.of("nothing is counted"); // asking that is counted, too
        long before = server.lines();
        for (int call = 0; call < CALLS; call++) server.ask("made-up-" + call);
        long more = server.lines() - before;
        return Exhibit.when(more > MOST, more + " lines more after " + CALLS + " calls");
    }
}
