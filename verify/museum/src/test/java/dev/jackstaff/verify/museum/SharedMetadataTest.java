package dev.jackstaff.verify.museum;

import dev.jackstaff.verify.museum.SharedMetadataTest.Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/// #1662, #1663, E-D10, R-D43: answers handed out the flag's own metadata map, and whoever completed an answer wrote into it.
/// Two at a time crashed the process; one alone changed the flag for everybody.
class SharedMetadataTest implements Exhibit<Server> {
    interface Server {
        void askWithOfrep() throws Exception;

        String configuration() throws Exception;
    }

    @TempDir
    Path folder;

    @Override
    public Server twin() {
        Map<String, Object> ofFlag = new HashMap<>(Map.of("owner", "me"));
        return new Server() {
            @Override
            public void askWithOfrep() {
                Map<String, Object> ofAnswer = ofFlag;
                ofAnswer.put("gofeatureflag_cacheable", true);
            }

            @Override
            public String configuration() {
                return new TreeMap<>(ofFlag).toString();
            }
        };
    }

    @Override
    public Server ours() throws Exception {
        TestRelay relay = TestRelay.serving(folder, """
                f:
                  variations: {a: 1}
                  defaultRule: {variation: a}
                  metadata: {owner: me}
                  disable: true
                """);
        return new OfRelay(relay);
    }

    private record OfRelay(TestRelay relay) implements Server, AutoCloseable {
        @Override
        public void askWithOfrep() throws Exception {
            String answer =
                    relay.post("/ofrep/v1/evaluate/flags/f", "{\"context\":{\"targetingKey\":\"anna\"}}").body();
            if (!answer.contains("owner")) throw new AssertionError("nothing was asked: " + answer);
        }

        @Override
        public String configuration() throws Exception {
            return relay.post("/v1/flag/configuration", "{}").body();
        }

        @Override
        public void close() {
            relay.close();
        }
    }

    @Override
    public Optional<String> examine(Server server) throws Exception {
        String before = server.configuration();
        server.askWithOfrep();
        String after = server.configuration();
        return Exhibit.when(!after.equals(before), "asking has made " + after + " of " + before);
    }
}
